import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildWebIfStale } from './start/web-build.ts';
import { Problem } from '../platform/errors.ts';
import { citusTests, exceptCitus } from './test/citus.ts';
import { openTestServer } from './test/server.ts';
import { openSteps } from './terminal/index.ts';

export const summary = 'run the tests, all or the files you name';

const usage = `./openics test [--citus] [files]

Starts a PostgreSQL for this run alone, runs the tests against it and removes it again.
Without files it runs every *.test.ts in server, web and test.

  --citus     run only the record's tests, or the files you name, on the cluster of CITUS_URL
  CITUS_URL   environment: a database on the coordinator of a Citus cluster. With it, a run of all tests
              ends with the record's tests on that cluster. Without it they are reported as skipped.`;

const home = path.resolve(import.meta.dirname, '../..');
const everyTest = ['server/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'];
const longestTestMs = 30 * 60_000;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' }, citus: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const files = positionals.map((file) => path.resolve(file));
  const citus = process.env['CITUS_URL'];
  process.on('SIGINT', goOn);
  try {
    if (values.citus) return await runOnCitus(citus, files);
    if (files.length > 0) return await runOnPostgres(files);
    const code = await runOnPostgres(citus ? exceptCitus : everyTest);
    if (citus) return (await runOnCitus(citus, [])) || code;
    console.log('skipped: the tests of the record on Citus (needs CITUS_URL)');
    return code;
  } finally {
    process.off('SIGINT', goOn);
  }
}

async function runOnPostgres(files: string[]): Promise<number> {
  const steps = openSteps();
  await steps.step('web pages', buildWebIfStale);
  const server = await steps.step('PostgreSQL for this run', openTestServer);
  try {
    return await runTests(files, { OPENICS_TEST_SERVER: server.url, CITUS_URL: '' });
  } finally {
    await server.remove();
  }
}

/** Runs the record's tests, or the files named, with every test database on the cluster. */
async function runOnCitus(url: string | undefined, files: string[]): Promise<number> {
  if (!url) {
    throw new Problem('test/no-citus', 400, 'There is no cluster to test on.', {
      wayOut: 'Set CITUS_URL to a database on its coordinator, for example postgres://user@host:5432/name.',
    });
  }
  console.log('The tests of the record on Citus');
  return runTests(files.length > 0 ? files : citusTests, { CITUS_URL: url });
}

/** Ctrl-C reaches the test runner from the terminal; we wait for it to end. */
const goOn = (): void => undefined;

/** Runs node's test runner. */
async function runTests(files: string[], settings: Record<string, string>): Promise<number> {
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
        ...settings,
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
