import { parseArgs } from 'node:util';
import { Problem } from '../platform/errors.ts';
import { dataDirOf, databaseHelp, databaseOptions, withOwner } from './database/index.ts';

export const summary = 'who keeps secrets: list, move, change and destroy them';

const usage = `./openics secrets list               what secrets there are and where each lies, never what they are
./openics secrets move               give what the program made for itself to who keeps secrets
./openics secrets home               take it back; there it is destroyed
./openics secrets put NAME FILE      hand over a secret, such as our key for a provider of sign-in
./openics secrets rotate NAME        give a secret a new value
./openics secrets destroy NAME       end a secret for ever, unless the program needs it

  --instead         put: in place of the one that is there, which is destroyed
${databaseHelp}

Moving changes no secret, so servers may run meanwhile. End them before rotate, and start them after. What stood
in backups before a move stands there still: rotate, or destroy those backups. It is in the audit log.`;

const options = {
  ...databaseOptions,
  instead: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** How many words follow each action. */
const actions: Readonly<Record<string, number>> = {
  list: 0,
  move: 0,
  home: 0,
  put: 2,
  rotate: 1,
  destroy: 1,
};

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [action, ...words] = positionals;
  if (values.help === true || action === undefined) {
    console.log(usage);
    return values.help === true ? 0 : 1;
  }
  if (actions[action] === undefined) throw wrongUse(`There is no "secrets ${action}".`);
  if (words.length !== actions[action]) throw wrongUse(`"secrets ${action}" takes ${actions[action]} words.`);
  const dataDir = dataDirOf(values);
  return withOwner({ dataDir }, async (owner) => {
    const { Secrets } = await import('./secrets/act.ts');
    const secrets = await Secrets.open(owner, dataDir);
    const [name = '', file = ''] = words;
    if (action === 'list') return secrets.list();
    if (action === 'move') return secrets.move();
    if (action === 'home') return secrets.home();
    if (action === 'put') return secrets.put(name, file, values.instead === true);
    return action === 'rotate' ? secrets.rotate(name) : secrets.destroy(name);
  });
}

const wrongUse = (message: string): Problem =>
  new Problem('secrets/use', 400, message, { wayOut: './openics secrets --help shows what there is.' });
