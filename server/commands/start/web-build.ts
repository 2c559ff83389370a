import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../platform/errors.ts';
import { takeLock } from '../../platform/process-lock.ts';

const home = path.resolve(import.meta.dirname, '../../..');
const stamp = path.join(home, 'build/.sources');
const lockFile = path.join(home, '.openics/web-build.lock');
const configs = ['package-lock.json', 'react-router.config.ts', 'vite.config.ts', 'tsconfig.json'];

/** Builds the web pages when there is no build, or it was made from other sources. One process builds at a time. */
export async function buildWebIfStale(tell: (note: string) => void): Promise<void> {
  if (webState() !== 'stale') return;
  mkdirSync(path.dirname(lockFile), { recursive: true });
  const release = await whenOurTurn(tell);
  try {
    if (webState() !== 'stale') return;
    tell('building them: this takes a few seconds and happens when they changed');
    await build();
    writeFileSync(stamp, sourcesDigest());
  } finally {
    release();
  }
}

async function whenOurTurn(tell: (note: string) => void): Promise<() => void> {
  for (let told = false; ; told = true) {
    const answer = takeLock(lockFile);
    if ('lock' in answer) return () => answer.lock.release();
    if (!told) tell(`waiting for process ${answer.holder.pid}, which is building them`);
    await pause(200);
  }
}

/** Whether the built pages are those of the present sources. `none`: there are no pages to build. */
export function webState(): 'fresh' | 'stale' | 'none' {
  if (!existsSync(path.join(home, 'react-router.config.ts'))) return 'none';
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesDigest() ? 'fresh' : 'stale';
}

function sourcesDigest(): string {
  const hash = createHash('sha256');
  const sources = globSync('web/**/*', { cwd: home }).filter((file) => !file.endsWith('.test.ts'));
  for (const file of [...sources, ...configs].sort()) {
    const full = path.join(home, file);
    if (!statSync(full, { throwIfNoEntry: false })?.isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(full)).update('\0');
  }
  return hash.digest('hex');
}

async function build(): Promise<void> {
  const builder = path.join(home, 'node_modules/@react-router/dev/bin.cjs');
  const child = spawn(process.execPath, [builder, 'build'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  throw new Problem('start/web-build', 500, 'The web pages could not be built.', {
    place: 'web/',
    wayOut: `The builder said:\n${said.trim().split('\n').slice(-20).join('\n')}`,
  });
}
