import { readFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import type { Db } from '../platform/db/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { withImporter } from './import/services.ts';
import { printItem, printList, printMissing } from './quarantine/print.ts';
import { replayAll, replayOne } from './quarantine/replay.ts';

export const summary = 'see, mend and replay what an import could not store';

const usage = `./openics quarantine list [--state open|mended|replayed|dismissed] [--type T] [--code C]
./openics quarantine show ID              why, where, and the text
./openics quarantine mend ID --file FILE  put a corrected text in place (- reads it from standard input)
./openics quarantine replay ID | --all    try to store it again
./openics quarantine dismiss ID           settle it without storing it
./openics quarantine missing              what stored resources refer to and nobody has sent

${databaseHelp}

list shows what still waits, unless --state says otherwise.`;

const options = {
  ...databaseOptions,
  state: { type: 'string' },
  type: { type: 'string' },
  code: { type: 'string' },
  file: { type: 'string' },
  all: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action = 'list', id] = positionals;
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  return withDatabase({ dataDir: dataDirOf(values) }, (db) => act(db, action, id, values));
}

async function act(db: Db, action: string, id: string | undefined, values: Values): Promise<number> {
  switch (action) {
    case 'list':
      return printList(db, values);
    case 'missing':
      return printMissing(db);
    case 'show':
      return printItem(db, named(id));
    case 'mend':
      await withImporter(db, (importer) => importer.mend(named(id), textOf(values.file), person()));
      console.log('Kept. The text as it came is kept too. Now: ./openics quarantine replay ID');
      return 0;
    case 'replay':
      return withImporter(db, (importer) =>
        values.all === true
          ? replayAll(db, importer, values, person())
          : replayOne(importer, named(id), person()),
      );
    case 'dismiss':
      await withImporter(db, (importer) => importer.dismiss(named(id), person()));
      console.log('Settled without storing it.');
      return 0;
    default:
      console.error(`There is no "quarantine ${action}".\n\n${usage}`);
      return 1;
  }
}

function named(id: string | undefined): string {
  if (id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw new Problem('quarantine/which', 400, 'Say which one, by its ID.', {
    wayOut: 'The IDs stand in ./openics quarantine list',
  });
}

function textOf(file: string | undefined): string {
  if (file !== undefined) return readFileSync(file === '-' ? 0 : file, 'utf8');
  throw new Problem(
    'quarantine/no-text',
    400,
    'Give the corrected text with --file FILE, or --file - to pipe it in.',
  );
}

/** Who did it: the account on this machine, until people sign in. */
const person = (): string => `account ${os.userInfo().username}`;
