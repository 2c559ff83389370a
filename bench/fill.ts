import { systemClock } from '../server/platform/clock.ts';
import { openDb } from '../server/platform/db/index.ts';
import { openDatabase } from '../server/platform/postgres/index.ts';
import { floors, manifest } from '../server/manifest.ts';
import { migrate } from '../server/platform/db/index.ts';
import { openDefinitions } from '../server/record/definitions/index.ts';
import { createExtractor } from '../server/record/search/index.ts';
import { foldTallies, Preparer, Writer } from '../server/record/store/index.ts';
import type { Change, Resource } from '../server/record/types.ts';
import { bundles, copyOf } from './synthea.ts';

type Bundle = { entry: { resource: Resource }[] };

/**
 * Fills a data folder with at least `resources` resources: Synthea people copied under other ids, written by the product's own
 * writer, without files in between. Goes on where an earlier run stopped. Gives what is there afterwards.
 */
export async function fill(
  dataDir: string,
  resources: number,
): Promise<{ resources: number; seconds: number }> {
  const opened = await openDatabase({ dataDir });
  const db = await openDb({ connection: opened.connection });
  try {
    await migrate(db, { floors, manifest });
    await db.query('create table if not exists public.bench_filled (copy int primary key)');
    const [count] = await db.query<{ n: number }>('select count(*) as n from record.resource_key');
    const [last] = await db.query<{ copy: number }>(
      'select coalesce(max(copy), -1) as copy from public.bench_filled',
    );
    const preparer = new Preparer(createExtractor(openDefinitions()));
    const writer = new Writer(db, systemClock);
    const originals = bundles();
    const began = performance.now();
    let stored = count!.n;
    for (let copy = last!.copy + 1; stored < resources; copy++) {
      let changes = new Map<string, Change>();
      let underWay: Promise<unknown> = Promise.resolve();
      const send = async (): Promise<number> => {
        const batch = preparer.batchOf([...changes.values()]);
        changes = new Map();
        await underWay;
        const delivery = { source: 'urn:bench:synthea', channel: 'import', agent: 'bench' } as const;
        underWay = writer.write([{ batch, delivery }]);
        return batch.rows.length;
      };
      for (const original of originals) {
        for (const change of changesOf(copyOf(original, copy)))
          changes.set(`${change.type}/${change.id}`, change);
        if (changes.size > 4_000) stored += await send();
      }
      stored += await send();
      await underWay;
      await db.query('insert into public.bench_filled (copy) values ($1)', [copy]);
      if (copy % 10 === 0) {
        await foldTallies(db);
        console.error(
          `filled ${stored.toLocaleString('en-GB')} resources, ${((performance.now() - began) / 1000).toFixed(0)} s`,
        );
      }
    }
    await foldTallies(db);
    await db.query('vacuum analyze');
    return { resources: stored, seconds: (performance.now() - began) / 1000 };
  } finally {
    await db.close();
    await opened.stop();
  }
}

/** The changes a Synthea bundle asks for: its links by UUID become links by type and id. */
function changesOf(text: string): Change[] {
  const { entry } = JSON.parse(text) as Bundle;
  const types = new Map(entry.map(({ resource }) => [resource.id!, resource.resourceType]));
  const linked = text.replace(/"urn:uuid:([0-9a-f-]{36})"/g, (whole, id: string) => {
    const type = types.get(id);
    return type === undefined ? whole : `"${type}/${id}"`;
  });
  return (JSON.parse(linked) as Bundle).entry.map(({ resource }) => ({
    kind: 'put',
    type: resource.resourceType,
    id: resource.id!,
    resource,
  }));
}
