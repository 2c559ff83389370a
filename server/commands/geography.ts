import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadGeography, type FileReport } from '../organisations/index.ts';
import { systemClock } from '../platform/clock.ts';
import { Problem } from '../platform/errors.ts';
import { updateDirectory } from '../record/directory/index.ts';
import { createServices } from '../services.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord, recordingDb } from './on-record/index.ts';

export const summary = 'load areas, postcodes, deprivation and boundaries';

const usage = `./openics geography load PATH   [options]

  PATH              a folder of English open data (CSV and GeoJSON, plain or .gz), one file of it,
                    the ONS postcode directory, or a geography.json
${databaseHelp}

Each file is stored whole or not at all. A file that was loaded before changes nothing. The record's
Organization resources of systems, places and neighbourhoods follow.
docs/reference/geography-format.md says how a geography.json is written.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...databaseOptions, help: { type: 'boolean' } },
  });
  const [action, from] = positionals;
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (action !== 'load' || from === undefined)
    throw new Problem('geography/usage', 400, 'That is not how geography is used.', { wayOut: usage });
  const { files } = await withDatabase({ dataDir: dataDirOf(values) }, async (db, owner) => {
    const act = { kind: 'policy', resource: 'Organization', rule: 'geography-loaded' } as const;
    const changing = recordingDb(db, await openRecord(db), act);
    const report = await loadGeography(changing, systemClock, path.resolve(from), (file) =>
      console.log(line(file)),
    );
    if (!report.changed) return report;
    await owner.query('analyze');
    const services = await createServices(changing);
    await updateDirectory(services).finally(() => services.validator.stop());
    return report;
  });
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  console.log(`${number(rows)} rows from ${number(files.filter(isLoaded).length)} files.`);
  return 0;
}

const isLoaded = ({ state }: FileReport): boolean => state === 'loaded';
const number = (value: number): string => value.toLocaleString('en-GB');

function line({ file, title, state, rows, passedOver }: FileReport): string {
  const counted = { loaded: number(rows), unchanged: 'unchanged', left: 'left out' }[state];
  const more = passedOver === 0 ? '' : `; ${number(passedOver)} lines say nothing of England and Wales`;
  return `${counted.padStart(10)}  ${file}: ${title}${more}`;
}
