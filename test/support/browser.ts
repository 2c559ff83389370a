/** A real browser for the journeys: found on the system, else installed. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser } from 'playwright-core';
import { takeLock } from '../../server/platform/process-lock.ts';

const home = path.resolve(import.meta.dirname, '../..');
const folder = path.join(home, '.openics/browser');
const lockFile = path.join(home, '.openics/browser.lock');
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** An npm package that carries Chromium, for machines where nothing can be installed. */
const carried = '@sparticuz/chromium@153.0.0';
const longestInstallMs = 10 * 60_000;

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Who tells us when to close: a test context, or the whole file. */
type Scope = { after(work: () => Promise<void>): void };

/** Opens a browser and closes it after the scope. Throws when none can be found or installed. */
export async function openBrowser(scope: Scope = { after }): Promise<Browser> {
  const executablePath = onPath() ?? (await oneAtATime(install));
  const browser = await chromium.launch({ executablePath, args: flags });
  scope.after(() => browser.close());
  return browser;
}

/** The browser of this machine: the one named by OPENICS_CHROMIUM, else the first on the path. */
function onPath(): string | undefined {
  const named = process.env['OPENICS_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names.flatMap((name) => folders.map((each) => path.join(each, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function install(): Promise<string> {
  const found = onPath();
  if (found !== undefined) return found;
  return fromDebian() ?? (await fromNpm());
}

/** Debian's own package, which only root can install. */
function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !run('apt-get', ['--version'])) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const add = ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'];
  if (!run('apt-get', add, env)) {
    run('apt-get', ['update'], env);
    run('apt-get', add, env);
  }
  return onPath();
}

async function fromNpm(): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const add = [
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    carried,
  ];
  if (!run('npm', add)) throw new Error(`No browser here, and ${carried} could not be installed with npm.`);
  const require = createRequire(path.join(folder, 'package.json'));
  const { default: package_ } = require('@sparticuz/chromium') as {
    default: { executablePath(): Promise<string> };
  };
  return package_.executablePath();
}

function run(program: string, args: string[], env = process.env): boolean {
  return spawnSync(program, args, { env, stdio: 'ignore', timeout: longestInstallMs }).status === 0;
}

/** Test files run beside each other: only one of them installs, the others wait for it. */
async function oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  for (;;) {
    const answer = takeLock(lockFile);
    if ('holder' in answer) {
      await pause(500);
      continue;
    }
    try {
      return await work();
    } finally {
      answer.lock.release();
    }
  }
}
