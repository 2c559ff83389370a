import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { ada, at, clock, house, opening, type House } from '../house.fixture.ts';
import { addWitness, askWitnesses, follow, lastClosing, witnesses, type AuditLog } from '../index.ts';
import { keyText, toBase64, verifyList } from '../verifier/index.ts';

type Served = House & { address: string };

async function served(t: TestContext, origin: string): Promise<Served> {
  const made = await house(t, origin);
  return { ...made, address: await made.serve() };
}

const look = (log: AuditLog) => log.note(opening(ada));

async function introduce(log: Served, witness: Served): Promise<string> {
  const { key } = await witness.log.keys.witnessSigner(`${witness.log.origin}/witness`);
  await follow(witness.db, log.log.origin, await log.log.keys.texts());
  await addWitness(log.db, { name: key.name, url: `${witness.address}/audit/witness`, key: keyText(key) });
  return keyText(key);
}

test('another system co-signs, and the list then shows that it did', async (t) => {
  const [ours, theirs] = [await served(t, 'a.example/audit'), await served(t, 'b.example/audit')];
  const witnessKey = await introduce(ours, theirs);
  for (let round = 0; round < 3; round++) {
    await look(ours.log);
    await ours.log.placeAll();
    await askWitnesses({ ...ours, clock });
  }
  assert.deepEqual(
    (await witnesses(ours.db)).map(({ size, fault }) => [size, fault]),
    [[6, null]],
  );
  const bundle = await ours.proofs.list({ kind: 'person', id: ada });
  const trust = { keys: await ours.log.keys.texts(), witnesses: [witnessKey], required: 1 };
  const finding = await verifyList(bundle, trust);
  assert.ok(finding.holds, JSON.stringify(finding));
  assert.deepEqual(finding.witnesses, [{ name: 'b.example/audit/witness', at: at.getTime() + 1000 }]);
  const published = await fetch(
    `${theirs.address}/audit/witness/${createHash('sha256').update('a.example/audit').digest('hex')}/checkpoint`,
  );
  assert.equal(await published.text(), bundle.checkpoint);
});

test('a witness refuses whatever does not continue what it co-signed', async (t) => {
  const [ours, theirs] = [await served(t, 'a.example/audit'), await served(t, 'b.example/audit')];
  await introduce(ours, theirs);
  await look(ours.log);
  await ours.log.placeAll();
  const first = (await lastClosing(ours.db))!;
  const ask = (body: string) =>
    fetch(`${theirs.address}/audit/witness/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
    });
  const statusOf = async (body: string) => (await ask(body)).status;
  assert.equal(await statusOf(`old 0\n\n${first.note}`), 200);
  assert.equal(await statusOf(`old ${first.size}\n\n${first.note}`), 200, 'the same again');

  await look(ours.log);
  await ours.log.placeAll();
  const second = (await lastClosing(ours.db))!;
  const proof = (await ours.proofs.consistency(first.size, second.size)).map((hash) => `${toBase64(hash)}\n`);
  const stale = await ask(`old 0\n\n${second.note}`);
  assert.deepEqual(
    [stale.status, stale.headers.get('content-type'), await stale.text()],
    [409, 'text/x.tlog.size', `${first.size}\n`],
  );
  assert.equal(await statusOf(`old ${first.size}\n\n${second.note}`), 422, 'without a proof');
  const wrong = `${toBase64(new Uint8Array(32))}\n`;
  assert.equal(await statusOf(`old ${first.size}\n${wrong}\n${second.note}`), 422, 'with a wrong proof');
  assert.equal(await statusOf(`old 9\n\n${second.note}`), 400, 'an old size above the new one');
  assert.equal(await statusOf(`old ${first.size}\n\n${second.note.replace('a.example', 'c.example')}`), 404);
  const changed = second.note.replace(/\n(\d+)\n/, '\n9\n');
  assert.equal(await statusOf(`old ${first.size}\n\n${changed}`), 403, 'a changed checkpoint');
  assert.equal(await statusOf('hello'), 400);
  assert.equal(await statusOf(`old ${first.size}\n${proof.join('')}\n${second.note}`), 200);
});

test('a log rewritten by who has its key is refused, and says so', async (t) => {
  const [ours, theirs] = [await served(t, 'a.example/audit'), await served(t, 'b.example/audit')];
  await introduce(ours, theirs);
  await look(ours.log);
  await ours.log.placeAll();
  await askWitnesses({ ...ours, clock });
  await ours.db.query(
    'truncate audit.event, audit.particulars, audit.tile, audit.bucket, audit.closing, audit.cosignature',
  );
  await ours.db.query('update audit.log set size = 0');
  await look(ours.log);
  await look(ours.log);
  await ours.log.placeAll();
  await askWitnesses({ ...ours, clock });
  const [witness] = await witnesses(ours.db);
  assert.match(witness!.fault!, /answered 422/);
});
