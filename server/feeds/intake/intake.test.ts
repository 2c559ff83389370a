import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { currentLinks } from '../../people/index.ts';
import { createServices } from '../../services.ts';
import { adt, anna, stay } from '../../../test/support/hl7-samples.ts';
import { arrive } from './arrive.ts';

const services = await createServices(await database());
after(() => services.validator.stop());
const { db, feeds, store } = services;

const told = (text: string): string => /\rMSA\|([A-Z]{2})/.exec(text)?.[1] ?? '';
const patientId = (bytes: Buffer): string => {
  const { said } = arrive(bytes, new Date(), 'hl7v2');
  assert.ok('reading' in said);
  return said.reading.claims.find(({ type }) => type === 'Patient')!.id;
};

test('a message that is sent again gets the same answer and has no second effect', async () => {
  const bytes = adt({ id: 'again', more: [stay('V100', 'AMU')] });
  const first = await feeds.take(bytes);
  const second = await feeds.take(bytes);
  assert.equal(first.acknowledgement, second.acknowledgement);
  const stored = await store.read('Patient', patientId(bytes));
  assert.equal(stored?.version, 1);
  assert.match(stored?.content ?? '', /"source":"https:\/\/fhir.nhs.uk\/Id\/ods-organization-code\/RX1"/);
  const [row] = await db.query<{ n: number }>(
    `select count(*) as n from feeds.message where control_id = 'again'`,
  );
  assert.equal(row?.n, 1);
});

test('messages that come together are stored together, each once', async () => {
  const bytes = adt({ id: 'twin', pid: anna.replace('P1^', 'P9^') });
  const [one, two] = await Promise.all([feeds.take(bytes), feeds.take(bytes)]);
  assert.equal(one.acknowledgement, two.acknowledgement);
});

test('a control id that is used for another message is kept for a person, not lost and not applied', async () => {
  await feeds.take(adt({ id: 'reused' }));
  const other = adt({
    id: 'reused',
    event: 'A31',
    at: '20260301000000',
    pid: anna.replace('ASHDOWN', 'IBE'),
  });
  const { acknowledgement, fate } = await feeds.take(other);
  assert.equal(told(acknowledgement), 'AA');
  assert.equal(fate.state, 'dead');
  assert.doesNotMatch((await store.read('Patient', patientId(other)))!.content, /IBE/);
  assert.equal((await feeds.take(other)).fate.state, 'dead');
  const replayed = await feeds.desk.replay(fate.id, 'a test');
  assert.equal(replayed.state, 'replayed');
  assert.match((await store.read('Patient', patientId(other)))!.content, /IBE/);
});

test('a refused message waits with its place, is mended, and stored; the text as it came stays', async () => {
  const broken = adt({ id: 'broken', pid: 'PID|1||^^^RX1^MR||HALE^Gwen' });
  const { acknowledgement, fate } = await feeds.take(broken);
  assert.match(
    acknowledgement,
    /\rMSA\|AE\|broken\|.*\rERR\|PID\^1\^3\^101&&HL70357\|PID\^1\^3\|101\^\^HL70357\|E\r/,
  );
  assert.equal((await feeds.desk.replay(fate.id, 'a test')).state, 'dead');
  await feeds.desk.mend(
    fate.id,
    broken.toString().replace('||^^^RX1', '||P77^^^RX1').replaceAll('\r', '\r\n'),
    'a test',
  );
  const replayed = await feeds.desk.replay(fate.id, 'a test');
  assert.equal(replayed.state, 'replayed');
  assert.equal(replayed.resources.length, 1);
  const [kept] = await db.query<{ original: Buffer }>('select original from feeds.message where id = $1', [
    fate.id,
  ]);
  assert.deepEqual(kept?.original, broken);
  assert.equal(told((await feeds.take(broken)).acknowledgement), 'AA');
  await assert.rejects(feeds.desk.dismiss(fate.id, 'a test'), { code: 'feeds/settled' });
});

test('a refused message may be sent again under its control id, corrected', async () => {
  const pid = 'PID|1||P88^^^RX1^MR||HALE^Iris';
  assert.equal((await feeds.take(adt({ id: 'second', pid: 'PID|1' }))).fate.answer.ack, 'AE');
  assert.equal((await feeds.take(adt({ id: 'second', pid }))).fate.state, 'stored');
});

test('a merge makes two patients one person, and its undoing two', async () => {
  const one = 'PID|1||M1^^^RX1^MR||DUNMORE^Kezia||19700101|F';
  const two = 'PID|1||M2^^^RX1^MR||FAROUK^Hamza||19880808|M';
  const ids = [one, two].map((pid) => patientId(adt({ pid })));
  const persons = async () => {
    const links = await currentLinks(db, ids);
    return new Set(ids.map((id) => links.get(id)?.personId)).size;
  };
  await feeds.take(adt({ event: 'A28', id: 'm1', at: '20260101', pid: one }));
  await feeds.take(adt({ event: 'A28', id: 'm2', at: '20260102', pid: two }));
  assert.equal(await persons(), 2);
  await feeds.take(adt({ event: 'A40', id: 'm3', at: '20260103', pid: one, more: ['MRG|M2^^^RX1^MR'] }));
  assert.equal(await persons(), 1);
  await feeds.take(adt({ event: 'A37', id: 'm4', at: '20260104', pid: one, more: [two] }));
  assert.equal(await persons(), 2);
});

test('a character the database cannot hold harms no message beside it', async () => {
  const nul = adt({ id: 'nul', pid: 'PID|1||P99^^^RX1^MR||NUL\0L^Dev' });
  const [one, two] = await Promise.all([feeds.take(nul), feeds.take(adt({ id: 'beside', facility: 'RX5' }))]);
  assert.deepEqual([one.fate.state, two.fate.state], ['stored', 'stored']);
});
