import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../../platform/errors.ts';

const home = path.resolve(import.meta.dirname, '../../..');
const stamp = path.join(home, 'build/.sources');
const configs = ['package-lock.json', 'react-router.config.ts', 'vite.config.ts', 'tsconfig.json'];

/** Builds the web pages when there is no build, or it was made from other sources. */
export async function buildWebIfStale(tell: (note: string) => void): Promise<void> {
  const state = webState();
  if (state !== 'stale') return;
  tell('building them: this takes a few seconds and happens when they changed');
  await build();
  writeFileSync(stamp, sourcesDigest());
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
  const builder = path.join(home, 'node_modules/@react-router/dev/bin.js');
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
