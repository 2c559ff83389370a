import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { database } from '../../../../test/support/database.ts';
import type { Db } from '../../../platform/db/index.ts';
import { contentHash, countsByType } from '../../store/index.ts';
import { totals } from '../counts.ts';
import { bundle, observation, openTestImporter, patient, practitioner, quiet, uuid } from '../made-up.ts';
import { listQuarantine } from '../store-quarantine.ts';
import { readerThreads } from './index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'openics-threads-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const onThreads = { threads: { packages: () => Promise.resolve([]), worthBytes: 0 } };
const onlyCore = os.availableParallelism() === 1 ? 'needs two cores' : false;

/** Sound and unsound resources, repeats within and between files, links that lead to a later file and to nowhere. */
function makeFiles(): string {
  const files = mkdtempSync(path.join(folder, 'files-'));
  const write = (name: string, content: string): void => writeFileSync(path.join(files, name), content);
  for (let person = 1; person <= 12; person += 1) {
    const seen = Array.from({ length: 250 }, (_, i) =>
      observation(uuid(person * 1_000 + i), `urn:uuid:${uuid(person)}`, {
        ...(i === 7 ? { status: 'perhaps' } : {}),
        ...(i === 9 ? { performer: [{ reference: 'Practitioner?identifier=urn:example:staff|3' }] } : {}),
        ...(i === 11 ? { performer: [{ reference: 'Practitioner?identifier=urn:example:staff|none' }] } : {}),
        ...(i === 13 ? { performer: [{ reference: 'Practitioner/nobody' }] } : {}),
      }),
    );
    const shared = practitioner('shared', '1');
    const again = person === 5 ? [patient(uuid(5), { active: true })] : [];
    write(
      `${String(person).padStart(2, '0')}.json`,
      JSON.stringify(bundle('transaction', ...seen, patient(uuid(person)), shared, ...again)),
    );
  }
  write('98.json', JSON.stringify(bundle('collection', practitioner('dr-3', '3'))));
  write('99.json', '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient",}}]}');
  return files;
}

async function stateOf(db: Db) {
  const held = await listQuarantine(db, {}, { limit: 500 });
  return {
    counts: Object.fromEntries(await countsByType(db)),
    hash: await contentHash(db),
    held: held
      .map(({ file, entry, line, path: place, code, reason, resourceId }) =>
        JSON.stringify([path.basename(file), entry, line, place, code, reason, resourceId]),
      )
      .sort(),
  };
}

test('an import on threads ends with the same record as one without', { skip: onlyCore }, async () => {
  const files = makeFiles();
  const request = { paths: [files], source: 'North', agent: 'test', progress: quiet };
  const [here, there] = [await database(), await database()];
  const jobHere = await openTestImporter(here).run(request);
  const onThread = openTestImporter(there, undefined, onThreads);
  const jobThere = await onThread.run(request);
  const expected = await stateOf(here);
  assert.deepEqual(await stateOf(there), expected);
  assert.deepEqual(jobThere.counts, jobHere.counts);
  assert.deepEqual(jobThere.notes, jobHere.notes);
  assert.equal(jobThere.notes.missingTargets, 1);
  assert.equal(totals(jobThere.counts).quarantined, 12 + 12 + 1 + 1);

  const again = await onThread.run({ ...request, again: true });
  assert.equal(totals(again.counts).stored, 0);
  assert.deepEqual(await stateOf(there), expected);

  const south = await onThread.run({ ...request, source: 'South' });
  assert.equal(totals(south.counts).stored, 0);
});

test('several threads give their files in order', { skip: onlyCore }, async () => {
  const files = Array.from({ length: 9 }, (_, i) => {
    const file = path.join(folder, `order-${i}.json`);
    const content = JSON.stringify(bundle('collection', patient(`o${i}`)));
    writeFileSync(file, content);
    return {
      kind: 'file' as const,
      path: file,
      name: file,
      bytes: content.length,
      modifiedMs: 0,
      content: Buffer.from(content),
    };
  });
  const readers = readerThreads(3, { source: 'urn:test', packages: [] });
  try {
    const ids: string[] = [];
    const begun = files.map((file) => readers.begin({ file, from: 0 }));
    for (const each of begun) {
      await each.into({
        take: ({ piece }) => {
          for (const row of piece?.batch.rows ?? []) ids.push(row.id);
        },
        lookUp: () => Promise.resolve({ kind: 'nothing' }),
      });
    }
    assert.deepEqual(
      ids,
      files.map((_, i) => `o${i}`),
    );
  } finally {
    await readers.close();
  }
});

test('a thread that dies ends the import with an error', { skip: onlyCore }, async () => {
  const readers = readerThreads(1, { source: 'urn:test', packages: [] });
  const file = { kind: 'file' as const, path: folder, name: 'x', bytes: 1, modifiedMs: 0 };
  const begun = readers.begin({ file, from: 0 });
  await readers.close();
  await assert.rejects(
    begun.into({ take: () => undefined, lookUp: () => Promise.resolve({ kind: 'nothing' }) }),
    /has ended/,
  );
});
