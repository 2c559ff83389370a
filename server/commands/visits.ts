import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';
import { openRecord } from './on-record/index.ts';

export const summary = 'see who is signed in, and sign them out';

const usage = `./openics visits list                 whose visits are open, the one used last first
./openics visits end USER             sign one user out everywhere, as the list or the audit log names them
./openics visits end --everybody      sign everybody out, after a leak for example

  --by NAME         who does it
${databaseHelp}

It counts within a second, on every server, and ends what apps were allowed. It is in the audit log.`;

const options = {
  ...databaseOptions,
  everybody: { type: 'boolean' },
  by: { type: 'string' },
  help: { type: 'boolean' },
} as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [action, user] = positionals;
  if (values.help === true || action === undefined) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  if (action !== 'list' && action !== 'end') throw wrongUse(`There is no "visits ${action}".`);
  if (action === 'end' && (user === undefined) !== (values.everybody === true))
    throw wrongUse('Say which user, or --everybody.');
  const dataDir = dataDirOf(values);
  return withDatabase({ dataDir }, async (db) => {
    const { endThem, listVisits } = await import('./visits/act.ts');
    return action === 'list' ? listVisits(db, await openRecord(db)) : endThem(db, dataDir, user, values.by);
  });
}

const wrongUse = (message: string): Problem =>
  new Problem('visits/use', 400, message, { wayOut: './openics visits --help shows what there is.' });
