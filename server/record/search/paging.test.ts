import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../platform/errors.ts';
import { foldTallies } from '../store/index.ts';
import {
  ask,
  db,
  delivery,
  idsOf,
  person,
  put,
  putReadings,
  reading,
  store,
  walked,
} from './record.fixture.ts';

await putReadings();

const total = async (query: string): Promise<number | undefined> => (await ask('Observation', query)).total;

const refusedLink = (error: unknown): boolean => error instanceof Problem && error.code === 'search/cursor';

test('pages give each match once and in order, while new readings arrive', async () => {
  let added = 0;
  const before = Array.from({ length: 30 }, (_, i) => `o${i}`);
  const ids = await walked('Observation', 'code=8867-4&_count=4', async () => {
    if (added < 3) await put(reading(`late${added++}`, 'p1', 70));
  });
  assert.deepEqual(ids.slice(0, 30), before);
  assert.deepEqual(ids.slice(30), ['late0', 'late1', 'late2']);
});

test('changing a reading does not move it in the pages', async () => {
  const first = await ask('Observation', '_count=5');
  await put(reading('o0', 'p1', 99));
  const second = await ask('Observation', `_count=5&_cursor=${first.nextCursor}`);
  assert.deepEqual(
    second.matches.map((one) => one.id),
    ['o5', 'o6', 'o7', 'o8', 'o9'],
  );
});

test('sorted pages agree with one long page, missing dates last in both directions', async () => {
  for (const sort of [
    'date',
    '-date',
    '-date,-value-quantity',
    '_lastUpdated',
    '-_id',
    'value-quantity',
    'code,date',
  ]) {
    const whole = await idsOf('Observation', `_sort=${sort}&_count=1000`);
    assert.deepEqual(await walked('Observation', `_sort=${sort}&_count=7`), whole, sort);
  }
  const dated = (await ask('Observation', '_sort=-date&_count=1000')).matches.map(
    (one) => (JSON.parse(one.content) as { effectiveDateTime?: string }).effectiveDateTime,
  );
  const firstMissing = dated.indexOf(undefined);
  assert.ok(firstMissing > 0 && dated.slice(firstMissing).every((one) => one === undefined));
  assert.deepEqual(dated.slice(0, firstMissing), dated.slice(0, firstMissing).toSorted().toReversed());
  assert.deepEqual(await idsOf('Patient', '_sort=family'), ['p3', 'p1', 'p2']);
  assert.deepEqual(await idsOf('Patient', '_sort=-gender,family'), ['p3', 'p2', 'p1']);
});

test('people in the order of their names, pages agree with one long page, nameless last', async () => {
  const names = ['Ng', 'Abiola', 'ng', 'Żak', 'Smith', 'Smith', 'de Souza', 'O’Neill', 'Ngata'];
  await put(
    ...names.map((family, i) => person(`s${i}`, family, { active: true })),
    person('s20', 'Zuckerman', { active: true, name: [{ family: 'Zuckerman' }, { family: 'Adams' }] }),
    person('s21', '', { active: true, name: [{ given: ['Only'] }] }),
    person('s22', '', { active: true, name: undefined }),
  );
  for (const sort of ['family', '-family', 'given', '-given', 'name']) {
    for (const filter of ['', 'active=true&', 'family:missing=false&']) {
      const whole = await idsOf('Patient', `${filter}_sort=${sort}&_count=1000`);
      assert.deepEqual(await walked('Patient', `${filter}_sort=${sort}&_count=2`), whole, `${filter}${sort}`);
    }
  }
  const sorted = await idsOf('Patient', 'active=true&_sort=family');
  assert.deepEqual(sorted, ['s1', 's20', 's6', 's0', 's2', 's8', 's7', 's4', 's5', 's3', 's21', 's22']);
  const reversed = await idsOf('Patient', 'active=true&_sort=-family');
  assert.deepEqual(reversed.slice(0, 3), ['s20', 's3', 's4']);
  assert.deepEqual(reversed.slice(-2), ['s21', 's22']);
  await store.write(
    sorted.map((id) => ({ kind: 'delete', type: 'Patient', id })),
    delivery,
  );
});

test('a page link that was changed, or belongs to another search, is refused', async () => {
  const { nextCursor } = await ask('Observation', 'code=8867-4&_count=4');
  await assert.rejects(ask('Observation', `status=final&_count=4&_cursor=${nextCursor}`), refusedLink);
  await assert.rejects(ask('Observation', `code=8867-4&_count=4&_cursor=${nextCursor}x1`), refusedLink);
  await assert.rejects(ask('Observation', 'code=8867-4&_cursor=e30'), refusedLink);
});

test('totals are exact after changes and deletions, and after the tally is folded', async () => {
  const before = await total('code=8867-4&_total=accurate&_count=1');
  await put(reading('gone', 'p1', 61));
  assert.equal(await total('code=8867-4&_total=accurate&_count=1'), before! + 1);
  await store.write([{ kind: 'delete', type: 'Observation', id: 'gone' }], delivery);
  await put(reading('o1', 'p2', 88));
  assert.equal(await total('code=8867-4&_summary=count'), before);
  await foldTallies(db);
  assert.equal(await total('code=8867-4&_summary=count'), before);
  assert.equal(await total('_summary=count'), before);
  assert.deepEqual(await idsOf('Observation', '_id=gone'), []);
});
