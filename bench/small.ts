import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { compare, type Subject } from './compare.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { startServer } from './server.ts';
import { loadBundles, sampleOf, type Sample, type Shape } from './shapes.ts';
import { bundles } from './synthea.ts';

/** Loads 12 people into our server and each peer and compares the shapes: the conditions of the reference measurement of Medplum. */
export async function smallComparison(
  name: string,
  options: BenchOptions,
  shapesOf: (sample: Sample) => Shape[],
): Promise<Finding> {
  mkdirSync(options.folder, { recursive: true });
  const dataDir = path.join(options.folder, `${name}-data`);
  removeDataDir(dataDir);
  const server = await startServer(dataDir);
  try {
    const texts = bundles(12);
    const subjects: Subject[] = [];
    let entries = 0;
    for (const target of [{ name: 'OpenICS', base: server.fhir }, ...options.peers]) {
      entries = await loadBundles(target, texts);
      subjects.push({ target, sample: await sampleOf(target) });
    }
    const table = await compare(subjects, shapesOf, options.seconds);
    return {
      name,
      command: `./openics bench ${name}${options.peers.map((peer) => ` --peer ${peer.base}`).join('')}`,
      ...table,
      notes: [
        `12 Synthea people, ${entries} entries, posted as transactions. Server, database and clients share the machine.`,
      ],
    };
  } finally {
    await server.stop();
  }
}
