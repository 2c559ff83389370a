import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadOrganisations, type DirectoryReport } from '../organisations/index.ts';
import { Problem } from '../platform/errors.ts';
import { updateDirectory } from '../record/directory/index.ts';
import { createServices } from '../services.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord, recordingDb } from './on-record/index.ts';

export const summary = 'load partners: who they are, where, and what they belong to';

const usage = `./openics organisations load PATH   [options]

  PATH              an organisations.json, JSON of the Organisation Data Service, or a folder of those
${databaseHelp}

Each file is stored whole or not at all. A file that was loaded before changes nothing. What a source
no longer says is withdrawn, and kept. The record's Organization, Location, HealthcareService,
OrganizationAffiliation and PractitionerRole resources follow.
docs/reference/geography-format.md says how an organisations.json is written.`;

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
    throw new Problem('organisations/usage', 400, 'That is not how organisations is used.', {
      wayOut: usage,
    });
  await withDatabase({ dataDir: dataDirOf(values) }, async (db) => {
    const act = { kind: 'policy', resource: 'Organization', rule: 'directory-loaded' } as const;
    const changing = recordingDb(db, await openRecord(db), act);
    const services = await createServices(changing);
    try {
      await loadOrganisations(changing, services.clock, path.resolve(from), (file) =>
        console.log(line(file)),
      );
      const { written, deleted } = await updateDirectory(services);
      console.log(`${number(written)} resources written, ${number(deleted)} deleted.`);
    } finally {
      await services.validator.stop();
    }
  });
  return 0;
}

const number = (value: number): string => value.toLocaleString('en-GB');

function line({ file, state, organisations, added, withdrawn, passedOver }: DirectoryReport): string {
  const more = passedOver === 0 ? '' : `; ${number(passedOver)} that say nothing of partners or membership`;
  if (state === 'left') return `  left out  ${file}: no organisations${more}`;
  if (state === 'unchanged') return ` unchanged  ${file}${more}`;
  const facts = `${number(added)} facts added, ${number(withdrawn)} withdrawn`;
  return `${number(organisations).padStart(10)}  ${file}: ${facts}${more}`;
}
