import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { database } from '../../../test/support/database.ts';
import { sharedData } from '../../../test/support/shared-data.ts';
import { contentHash, countsByType } from '../store/index.ts';
import { totals } from './counts.ts';
import { openDesk } from './made-up.ts';

const bundlesTried = 30;
const synthea = sharedData('synthea');
const ukCore = sharedData('interop/ukcore-examples');

test('what is stored of Synthea bundles is what is in the files', { skip: synthea.skip }, async () => {
  const db = await database();
  const desk = openDesk(db);
  const names = readdirSync(synthea.path)
    .filter((name) => name.endsWith('.json.gz'))
    .slice(0, bundlesTried);
  const ids = new Map<string, Set<string>>();
  let entries = 0;
  for (const name of names) {
    cpSync(path.join(synthea.path, name), path.join(desk.folder, name));
    const { entry } = JSON.parse(gunzipSync(readFileSync(path.join(synthea.path, name))).toString()) as {
      entry: { resource: { resourceType: string; id: string } }[];
    };
    entries += entry.length;
    for (const { resource } of entry) {
      const ofType = ids.get(resource.resourceType) ?? new Set();
      ids.set(resource.resourceType, ofType.add(resource.id));
    }
  }
  const job = await desk.run([desk.folder]);
  const sum = totals(job.counts);
  assert.equal(sum.quarantined, 0);
  assert.equal(sum.stored + sum.unchanged, entries);
  assert.equal(job.notes.missingTargets, 0);
  const expected = [...ids].map(([type, each]) => [type, each.size] as const);
  assert.deepEqual(Object.fromEntries(await countsByType(db)), Object.fromEntries(expected));

  const hash = await contentHash(db);
  const again = await desk.run([desk.folder], { again: true });
  assert.deepEqual(totals(again.counts), {
    stored: 0,
    unchanged: entries,
    deleted: 0,
    skipped: 0,
    quarantined: 0,
  });
  assert.equal(await contentHash(db), hash);
});

test(
  'every UK Core example is stored, or held back with a reason and its text',
  { skip: ukCore.skip },
  async () => {
    const db = await database();
    const desk = openDesk(db);
    const files = readdirSync(ukCore.path).filter((name) => name.endsWith('.xml'));
    const job = await desk.run([ukCore.path]);
    const sum = totals(job.counts);
    assert.ok(sum.stored + sum.quarantined >= files.length);
    assert.ok(sum.quarantined < files.length / 10, JSON.stringify(sum));
    const held = await db.query<{ reason: string; raw: string; path: string | null }>(
      'select reason, raw, path from record.quarantine',
    );
    assert.equal(held.length, sum.quarantined);
    for (const { reason, raw, path: place } of held) assert.ok(reason !== '' && raw !== '' && place !== null);
    const again = await desk.run([ukCore.path], { again: true });
    assert.equal(totals(again.counts).stored, 0);
  },
);
