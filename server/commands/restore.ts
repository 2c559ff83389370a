import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { floors, manifest } from '../manifest.ts';
import { removeDataDir } from '../platform/postgres/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, openFor } from './database/index.ts';
import { withRecord } from './on-record/index.ts';
import { openSteps } from './terminal/index.ts';

export const summary = 'load a backup into an empty data folder or database';

const usage = `./openics restore PATH [options]

  PATH              a folder that ./openics backup made
${databaseHelp}

Checks the backup first, loads it, reads every row back and compares. Nothing is kept unless all agrees.`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...databaseOptions, help: { type: 'boolean' } },
  });
  const [source] = positionals;
  if (values.help || source === undefined || positionals.length > 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const dataDir = dataDirOf(values);
  const isNew = !existsSync(dataDir) || readdirSync(dataDir).length === 0;
  mkdirSync(path.dirname(dataDir), { recursive: true });
  const steps = openSteps();
  const { bringBackFiles, checkBackup, restoreBackup } = await import('../platform/backup/index.ts');
  const description = await steps.step('is the backup whole?', (tell) => checkBackup(source, floors, tell));
  const opened = await steps.step('PostgreSQL', (tell) => openFor(dataDir, tell));
  let restored = false;
  try {
    await steps.step('rows', (tell) =>
      restoreBackup({ source, description, connection: opened.connection, floors, manifest, tell }),
    );
    await bringBackFiles(source, description.files ?? [], dataDir);
    await withRecord(opened.connection, (record) =>
      record.note({ kind: 'operate', resource: 'backup', rule: 'restored', target: path.resolve(source) }),
    );
    restored = true;
  } finally {
    await opened.stop();
    if (!restored && isNew && opened.embedded) removeDataDir(dataDir);
  }
  const rows = description.tables.reduce((sum, table) => sum + table.rows, 0);
  steps.line(`\nRestored ${rows.toLocaleString('en-GB')} rows of ${description.tables.length} tables.`);
  steps.line(`Every row was read back. Content hash ${description.contentHash} agrees.`);
  return 0;
}
