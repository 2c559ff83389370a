import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkReleases } from './check/check-releases.ts';
import { checkDependencies } from './check/dependencies.ts';
import { seconds } from './terminal/index.ts';

export const summary = 'check types, lint, format and architecture';

const usage = `./openics check [--offline] [--advisories FOLDER]

Runs the type checker, the linter, the format check and the architecture test, all of them even when one fails.
Asks the package registry about known faults of what runs in production, and fails when one is over the time in which
it was to be mended; likewise about newer versions, once a day. In CI it fails too when the last answer is over a week
old, unless --offline is said. Where the registry does not tell of faults, --advisories gives a folder of
advisories in the OSV format, one JSON file each: it is as new as its latest one.
To mend the format: npx prettier --write FILE`;

const home = path.resolve(import.meta.dirname, '../..');
const tool = (file: string): string => path.join(home, 'node_modules', file);
const router = tool('@react-router/dev/bin.cjs');

const checks: [string, string[]][] = [
  ['types', [tool('typescript/bin/tsc'), '-p', '.']],
  ['lint', [tool('oxlint/bin/oxlint'), '.']],
  ['format', [tool('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['architecture', ['--test', 'test/architecture.test.ts', 'test/packages.test.ts']],
];

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { help: { type: 'boolean' }, offline: { type: 'boolean' }, advisories: { type: 'string' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const all: typeof checks = existsSync(path.join(home, 'react-router.config.ts'))
    ? [['page types', [router, 'typegen']], ...checks]
    : checks;
  const failed: string[] = [];
  for (const [name, command] of all) {
    const began = performance.now();
    const { code, said } = await runNode(command);
    if (code !== 0) failed.push(name);
    console.log(`${code === 0 ? 'good ' : 'WRONG'}  ${name} (${seconds(performance.now() - began)})`);
    if (code !== 0) console.log(said);
  }
  const circumstances = {
    today: new Date().toISOString().slice(0, 10),
    isCi: process.env['CI'] === 'true',
    isOffline: values.offline === true,
    advisories: values.advisories,
  };
  for (const [name, found] of [
    ['known faults of dependencies', await checkDependencies(home, circumstances)],
    ['newer versions of dependencies', await checkReleases(home, circumstances)],
  ] as const) {
    if (!found.isGood) failed.push(name);
    console.log(`${found.isGood ? 'good ' : 'WRONG'}  ${name}`);
    for (const line of found.lines) console.log(`       ${line}`);
  }
  console.log(failed.length === 0 ? 'All checks pass.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}

async function runNode(command: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, command, { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, said };
}
