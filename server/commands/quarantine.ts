import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import type { Db } from '../platform/db/index.ts';
import { recordItem } from '../record/import/index.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { withImporter } from './import/services.ts';
import { openRecord, type CommandRecord } from './on-record/index.ts';
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
  return withDatabase({ dataDir: dataDirOf(values) }, async (db) =>
    act(db, await openRecord(db), { action, id, values }),
  );
}

async function act(
  db: Db,
  record: CommandRecord,
  { action, id, values }: { action: string; id: string | undefined; values: Values },
): Promise<number> {
  const by = record.who.user;
  const onRecord = recordItem(record.viewing);
  switch (action) {
    case 'list':
      await record.note({ kind: 'search', resource: 'QuarantineItem', query: askedFor(values) });
      return printList(db, values);
    case 'missing':
      await record.note({ kind: 'search', resource: 'QuarantineItem', rule: 'missing-targets' });
      return printMissing(db);
    case 'show':
      await record.note({ kind: 'read', resource: 'QuarantineItem', target: `QuarantineItem/${named(id)}` });
      return printItem(db, named(id));
    case 'mend':
      await withImporter(db, (importer) => importer.mend(named(id), textOf(values.file), by, onRecord));
      console.log('Kept. The text as it came is kept too. Now: ./openics quarantine replay ID');
      return 0;
    case 'replay':
      return withImporter(db, (importer) =>
        values.all === true
          ? replayAll(db, importer, values, { by, record: onRecord })
          : replayOne(importer, named(id), { by, record: onRecord }),
      );
    case 'dismiss':
      await withImporter(db, (importer) => importer.dismiss(named(id), by, onRecord));
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

const askedFor = ({ state, type, code }: Values): string =>
  Object.entries({ state, type, code })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join('&');
