import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nearest } from './commands/terminal/index.ts';
import { Problem } from './platform/errors.ts';

/** A command is a file in `commands/` of this shape. It loads what it needs when it runs, not before. */
type Command = {
  /** One line for the help page, written as `export const summary = '...'` so that it can be read without running. */
  summary: string;
  /** Runs the command and gives the exit code. */
  run(args: string[]): Promise<number>;
};

const folder = path.join(import.meta.dirname, 'commands');
/** How the help page orders them; any other command follows. */
const order = ['start', 'generate', 'import', 'quarantine', 'profiles', 'backup', 'restore', 'doctor'];
const orderForBuilders = ['test', 'check', 'bench', 'prove'];

const names = (): string[] =>
  readdirSync(folder)
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -3));

/** Runs the command that `argv` names and gives the exit code. Failures are told on the error stream. */
export async function main(argv: string[], load: (name: string) => Promise<unknown>): Promise<number> {
  return run(argv, load).catch(tell);
}

async function run(
  [name = 'help', ...args]: string[],
  load: (name: string) => Promise<unknown>,
): Promise<number> {
  if (['help', '--help', '-h'].includes(name)) return help();
  if (['--version', '-v', 'version'].includes(name)) return version();
  if (!/^[a-z-]+$/.test(name) || !existsSync(path.join(folder, `${name}.ts`))) return unknown(name);
  const command = (await load(name)) as Command;
  return command.run(args);
}

function helpLine(name: string): string {
  const text = readFileSync(path.join(folder, `${name}.ts`), 'utf8');
  return `  ${name.padEnd(11)} ${/^export const summary = '(.*)';$/m.exec(text)?.[1] ?? ''}`;
}

function help(): number {
  const all = names();
  const block = (wanted: string[]): string =>
    wanted
      .filter((name) => all.includes(name))
      .map(helpLine)
      .join('\n');
  const others = all.filter((name) => !order.includes(name) && !orderForBuilders.includes(name));
  console.log(`OpenICS: one joined record for the people of an Integrated Care System.

Use:  ./openics COMMAND [options]        ./openics COMMAND --help

To run it
${block([...order, ...others])}

To work on it
${block(orderForBuilders)}

First time?  ./openics start   then open http://localhost:8080
All data is kept in .openics/data beside this file, unless you say --data DIR or set DATABASE_URL.`);
  return 0;
}

async function version(): Promise<number> {
  const { default: about } = await import('../package.json', { with: { type: 'json' } });
  console.log(`openics ${about.version}, Node ${process.version}`);
  return 0;
}

function unknown(name: string): number {
  const guess = nearest(name, [...names(), 'help']);
  console.error(`There is no command "${name}".${guess === undefined ? '' : ` Did you mean "${guess}"?`}`);
  console.error('./openics help lists them all.');
  return 2;
}

function tell(error: unknown): number {
  if (isWrongUse(error)) {
    console.error(`${error.message}\nAdd --help to see what this command takes.`);
    return 2;
  }
  if (!(error instanceof Problem)) {
    console.error('Something went wrong that should not. Please report it with these lines:');
    console.error(error);
    return 1;
  }
  console.error(`\n${error.message}`);
  if (error.place !== undefined) console.error(`  where:      ${error.place}`);
  if (error.wayOut !== undefined)
    console.error(`  what to do: ${error.wayOut.replaceAll('\n', '\n              ')}`);
  return 1;
}

/** An option that does not exist, or lacks its value. */
const isWrongUse = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
