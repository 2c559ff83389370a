import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { load, type Measured } from './load/run.ts';

const script = path.join(import.meta.dirname, 'load/empty-server.ts');

const make = () => ({ method: 'GET', path: '/Observation/01a20022-1bed-73b3-b147-0a42dce27436' });

/** What answers with so many bytes cost when nothing is looked up or made: the most that any server on Node can give here. */
export async function ceiling(
  kind: 'http' | 'fastify',
  options: { bytes: number; clients: number; seconds: number },
): Promise<Measured> {
  const child = spawn(process.execPath, [script, kind, String(options.bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const target = { name: kind, base: `http://127.0.0.1:${Number(line)}/fhir` };
    await load(target, { clients: options.clients, seconds: options.seconds / 4 }, make);
    return await load(target, options, make);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

/** The same as rows of a comparison. */
export async function ceilingRows(
  seconds: number,
  cases: readonly { bytes: number; clients: number }[],
): Promise<(string | number)[][]> {
  const rows: (string | number)[][] = [];
  for (const { bytes, clients } of cases) {
    for (const kind of ['http', 'fastify'] as const) {
      const m = await ceiling(kind, { bytes, clients, seconds });
      const what = `nothing but ${bytes.toLocaleString('en-GB')} bytes, ${clients} client${clients > 1 ? 's' : ''}`;
      const name = kind === 'http' ? 'empty node:http' : 'empty Fastify route';
      rows.push([what, name, m.perSecond, '', m.p50, m.p95, m.p99, m.failures]);
    }
  }
  return rows;
}
