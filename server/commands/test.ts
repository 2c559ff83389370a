import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWebIfStale } from './start/web-build.ts';
import { openTestServer } from './test/server.ts';
import { openSteps } from './terminal/index.ts';

export const summary = 'run the tests, all or the files you name';

const usage = `./openics test [files]

Starts a PostgreSQL for this run alone, runs the tests against it and removes it again.
Without files it runs every *.test.ts in server, web and test.

  CITUS_URL   environment: also run the record's tests on this Citus cluster`;

const home = path.resolve(import.meta.dirname, '../..');
const everyTest = ['server/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'];
const longestTestMs = 30 * 60_000;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const files = positionals.length > 0 ? positionals.map((file) => path.resolve(file)) : everyTest;
  process.on('SIGINT', goOn);
  const steps = openSteps();
  await steps.step('web pages', buildWebIfStale);
  const server = await steps.step('PostgreSQL for this run', openTestServer);
  try {
    return await runTests(files, server.url);
  } finally {
    await server.remove();
    process.off('SIGINT', goOn);
  }
}

/** Ctrl-C reaches the test runner from the terminal; we wait for it to end. */
const goOn = (): void => undefined;

/** Runs node's test runner. */
async function runTests(files: string[], serverUrl: string): Promise<number> {
  const runner = spawn(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${Math.max(2, os.availableParallelism())}`,
      `--test-timeout=${longestTestMs}`,
      ...files,
    ],
    {
      cwd: home,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        OPENICS_TEST_SERVER: serverUrl,
        NODE_COMPILE_CACHE: path.join(home, '.openics/cache'),
      },
    },
  );
  const pass = (signal: NodeJS.Signals): void => void runner.kill(signal);
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  const [code, signal] = (await once(runner, 'close')) as [number | null, NodeJS.Signals | null];
  if (signal !== null) console.error(`The tests were ended by ${signal}.`);
  return code ?? 1;
}
