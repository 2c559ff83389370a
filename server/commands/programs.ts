import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { dataDirOf, databaseHelp, databaseOptions, withDatabase } from './database/index.ts';

export const summary = 'let other systems and apps in, see them, end them';

const usage = `./openics programs list [--all]               who may ask for tokens; --all: those that ended, too
./openics programs add ID  [options]          let a program in (SMART Backend Services)
./openics programs add-app ID  [options]      let an app in (SMART App Launch)
./openics programs end ID                     end it now; its tokens end with it

  --name NAME           what people will read
  --organisation CODE   who answers for it: ODS code, or code of the local directory
  --scope "A B"         what it may ask for: system/Observation.cruds for programs;
                        "launch/patient patient/Observation.rs" for apps
  --jwks FILE | URL     its public keys. An app on somebody's own device has none
  --rsa2048-until DAY, --rsa2048-reason TEXT    take its RSA keys of 2048 bits up to and with that day; else
                        3072 bits are the least
  --role CODE           what a program does: L-PROGRAM-CARE (default) or L-PROGRAM-ANALYSIS
  --redirect URL        where an app takes people back to; may be given several times
  --launch URL          where an app starts when it is opened from a record
  --home URL            where an app tells about itself
  --from DATE, --to DATE    when it may ask; from now on, without end, unless said
  --by NAME             who registers or ends it
${databaseHelp}

Each of these is in the audit log. A change is a new registration: end the old one, so that what its
tokens meant stays known. docs/security/sign-in.md says how keys are changed.`;

const options = {
  ...databaseOptions,
  all: { type: 'boolean' },
  name: { type: 'string' },
  organisation: { type: 'string' },
  scope: { type: 'string' },
  jwks: { type: 'string' },
  'rsa2048-until': { type: 'string' },
  'rsa2048-reason': { type: 'string' },
  role: { type: 'string' },
  redirect: { type: 'string', multiple: true },
  launch: { type: 'string' },
  home: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  by: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options });

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, id] = positionals;
  if (values.help === true || action === undefined) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  const dataDir = dataDirOf(values);
  return withDatabase({ dataDir }, async (db) => {
    const { listPrograms, addProgram, endProgram } = await import('./programs/act.ts');
    if (action === 'list') return listPrograms(db, values.all === true);
    if (id === undefined) throw wrongUse(`Say which one: ./openics programs ${action} ID`);
    switch (action) {
      case 'add':
        return addProgram(db, dataDir, 'program', id, values);
      case 'add-app':
        return addProgram(db, dataDir, 'app', id, values);
      case 'end':
        return endProgram(db, dataDir, id, values);
      default:
        throw wrongUse(`There is no "programs ${action}".`);
    }
  });
}

const wrongUse = (message: string): Problem =>
  new Problem('programs/use', 400, message, { wayOut: './openics programs --help shows what there is.' });
