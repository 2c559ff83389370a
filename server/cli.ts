import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { readyProgram } from './built/index.ts';

type Main = { main(argv: string[], load: (name: string) => Promise<unknown>): Promise<number> };

process.umask(0o077);
enableCompileCache(path.resolve(import.meta.dirname, '../.openics/cache'));
const argv = process.argv.slice(2);
// Only a start is worth building for: the other commands load a part of the program, from its sources.
const program =
  argv[0] === 'start' ? await readyProgram((text) => console.error(`openics: ${text}`)) : undefined;
const place = (name: string): string =>
  program === undefined
    ? path.join(import.meta.dirname, `${name}.ts`)
    : path.join(program, `${path.basename(name)}.mjs`);
const { main } = (await import(place('main'))) as Main;
process.exitCode = await main(argv, (name) => import(place(`commands/${name}`)));
