import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { manifest } from '../manifest.ts';
import { Problem } from '../platform/errors.ts';
import { keeper } from '../platform/secrets/index.ts';
import { keptFolders } from './backup/kept-folders.ts';
import { lastBackupFile } from './backup/last-backup.ts';
import { dataDirOf, databaseHelp, databaseOptions, openFor } from './database/index.ts';
import { withRecord } from './on-record/index.ts';
import { openSteps } from './terminal/index.ts';

export const summary = 'write all data to a folder, while the server runs';

const usage = `./openics backup PATH [options]

  PATH              a folder that does not exist yet
${databaseHelp}

Writes every row as it was at one moment. The server goes on meanwhile. The folder holds people's records in
plain form: keep it on an encrypted disk, and where only those may read it who may read the record.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...databaseOptions, help: { type: 'boolean' } },
  });
  const [target] = positionals;
  if (values.help || target === undefined || positionals.length > 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const dataDir = dataDirOf(values);
  const steps = openSteps();
  const opened = await steps.step('PostgreSQL', (tell) => openFor(dataDir, tell));
  try {
    const { makeBackup } = await import('../platform/backup/index.ts');
    // Everything about everybody leaves: that is on record before the first byte does.
    await withRecord(opened.connection, (record) =>
      record.note({ kind: 'export', resource: 'backup', rule: 'backed-up', target: path.resolve(target) }),
    );
    const { default: about } = await import('../../package.json', { with: { type: 'json' } });
    const made = await steps.step('rows', (tell) =>
      makeBackup({
        connection: opened.connection,
        tables: Object.keys(manifest),
        folders: { dataDir, names: keptFolders },
        target,
        software: about.version,
        now: new Date(),
        tell,
      }),
    );
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = made.tables.reduce((sum, table) => sum + table.bytes, 0);
    steps.line(
      `\n${rows.toLocaleString('en-GB')} rows of ${made.tables.length} tables in ${path.resolve(target)}`,
    );
    steps.line(`Size ${(bytes / 1_000_000).toFixed(1)} MB. Content hash ${made.contentHash}`);
    const outside = await keeper();
    if (outside?.takes === true)
      steps.line(`Secrets that lie with ${outside.place} are not in it, only their names: keep both.`);
    noteBackup(dataDir, path.resolve(target), made.made);
    return 0;
  } finally {
    await opened.stop();
  }
}

function noteBackup(dataDir: string, target: string, made: string): void {
  try {
    writeFileSync(lastBackupFile(dataDir), JSON.stringify({ made, target }));
  } catch (error) {
    throw new Problem(
      'backup/not-noted',
      500,
      'The backup is good, but the data folder could not be told of it.',
      {
        place: dataDir,
        wayOut: 'Give this account the right to write there, so that ./openics doctor knows the last backup.',
        cause: error,
      },
    );
  }
}
