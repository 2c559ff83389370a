import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { load, type Measured, type Target } from './load/run.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { startServer } from './server.ts';
import { bundles, copyOf, entriesIn } from './synthea.ts';

const clients = 8;

/** Posts whole people as FHIR transactions from 8 clients. */
export async function run(options: BenchOptions): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const dataDir = path.join(options.folder, 'transaction-data');
  removeDataDir(dataDir);
  const originals = bundles();
  const wanted = options.size ?? 200_000;
  const server = await startServer(dataDir);
  try {
    const rows: (string | number)[][] = [];
    for (const target of [{ name: 'OpenICS', base: server.fhir }, ...options.peers] as Target[]) {
      const measured = await post(target, originals, target.name === 'OpenICS' ? wanted : wanted / 40);
      rows.push([
        target.name,
        measured.entries,
        measured.seconds,
        measured.entries / measured.seconds,
        measured.p50,
        measured.p99,
        measured.failures,
      ]);
    }
    return {
      name: 'transaction',
      command: `./openics bench transaction --size ${wanted}`,
      columns: ['server', 'resources', 'seconds', 'resources/s', 'bundle p50 ms', 'bundle p99 ms', 'failed'],
      rows,
      notes: [
        `Synthea bundles of one person each (${(originals.reduce((sum, text) => sum + entriesIn(text), 0) / originals.length).toFixed(0)} entries on average), posted to /fhir by ${clients} clients, each validated and atomic.`,
      ],
    };
  } finally {
    await server.stop();
  }
}

async function post(
  target: Target,
  originals: string[],
  wanted: number,
): Promise<Measured & { entries: number }> {
  const sizes = originals.map(entriesIn);
  let entries = 0;
  let next = 0;
  const measured = await load(target, { clients, seconds: 600 }, () => {
    if (entries >= wanted) return undefined;
    const index = next % originals.length;
    const copy = 1 + Math.floor(next / originals.length);
    next++;
    entries += sizes[index]!;
    return { method: 'POST', path: '', body: copyOf(originals[index]!, copy) };
  });
  return { ...measured, entries };
}
