import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { doings, id, ivo, minutes, rosa, tom, uma } from './made-up.fixture.ts';
import { currentLinks } from './index.ts';

const db = await database();
const { observe, personOf, samePerson } = doings(db, minutes());

const openCase = async (n: number) => {
  const rows = await db.query<{ queue: string; reasons: string }>(
    `select queue, reasons from people.review where patient_id = $1 and state = 'waiting'`,
    [id(n)],
  );
  return rows[0];
};

test('without any NHS number, much that agrees is enough, and the link says what agreed', async () => {
  await observe({ ...rosa, patientId: id(1) });
  await observe({ ...rosa, patientId: id(2), source: 'urn:example:council', given: ['Rosalind'] });
  assert.ok(await samePerson(1, 2));
  const link = (await currentLinks(db, [id(2)])).get(id(2));
  assert.equal(link?.method, 'probabilistic');
  assert.equal(link?.via, id(1));
  const [tie] = await db.query<{ evidence: string; weight: number }>(
    `select evidence, weight from people.tie where patient_id = $1 and other_id = $2 and forward`,
    [id(2), id(1)],
  );
  const contributions = JSON.parse(tie!.evidence) as { comparison: string; weight: number }[];
  assert.ok(contributions.length > 3);
  assert.equal(tie!.weight, link?.weight);
});

test('a stranger stays a stranger', async () => {
  await observe({ ...tom, patientId: id(3) });
  assert.equal(await samePerson(1, 3), false);
  assert.equal(await openCase(3), undefined);
});

test('a name and an age alone link nobody', async () => {
  await observe({
    patientId: id(4),
    active: true,
    given: ['Rosalind'],
    family: ['Quarrington'],
    birthDate: '1961',
  });
  assert.equal(await samePerson(1, 4), false);
});

test('twins are not joined, however much agrees', async () => {
  await observe({ ...rosa, patientId: id(5), given: ['Beatrix'], phones: [] });
  assert.equal(await samePerson(1, 5), false);
});

test('a number with another birth date and another name is kept apart and looked at', async () => {
  await observe({ ...uma, patientId: id(10), nhsNumber: '9434765919' });
  await observe({ ...ivo, patientId: id(11), nhsNumber: '9434765919' });
  assert.equal(await samePerson(10, 11), false);
  assert.equal((await openCase(11))?.queue, 'quarantine');
});

test('a wrongly used number does not keep its true holder from being found', async () => {
  await observe({ patientId: id(12), active: true, nhsNumber: '9434765919', birthDate: uma.birthDate });
  assert.ok(await samePerson(10, 12));
});

test('two NHS numbers on what looks like one person go to the sealed queue', async () => {
  await observe({ ...uma, patientId: id(13), nhsNumber: '4010232137' });
  assert.equal(await samePerson(10, 13), false);
  assert.equal((await openCase(13))?.queue, 'sealed');
});

test('patients of one transaction are matched with each other', async () => {
  const nina = { ...tom, given: ['Nina'], family: ['Oyelaran'], birthDate: '1999-12-01', sex: 'female' };
  await observe(
    { ...nina, patientId: id(20) },
    { ...nina, patientId: id(21) },
    { ...nina, patientId: id(22) },
  );
  assert.ok((await samePerson(20, 21)) && (await samePerson(20, 22)));
});

async function count(): Promise<number> {
  const [row] = await db.query<{ n: number }>(
    `select (select count(*) from people.link) + (select count(*) from people.tie)
          + (select count(*) from platform.outbox) as n`,
  );
  return row!.n;
}

test('saying the same again changes nothing at all', async () => {
  const before = await count();
  await observe({ ...rosa, patientId: id(1) });
  assert.equal(await count(), before);
});

test('a patient that moves house stays the person it was', async () => {
  const before = await personOf(2);
  await observe({
    ...rosa,
    patientId: id(2),
    source: 'urn:example:council',
    given: ['Rosalind'],
    addresses: [{ postcode: 'ZZ9 9ZZ', lines: ['1 Far Away'] }, ...rosa.addresses!],
  });
  assert.equal(await personOf(2), before);
});

test('a patient whose particulars turn out to be another person leaves, and comes back when they are put right', async () => {
  const before = await personOf(2);
  await observe({ ...tom, patientId: id(2) });
  assert.notEqual(await personOf(2), before);
  assert.equal(await personOf(2), await personOf(3));
  await observe({ ...rosa, patientId: id(2) });
  assert.equal(await personOf(2), before);
});

test('each change of a link is told to others', async () => {
  const events = await db.query<{ name: string }>(
    `select name from platform.outbox where stream_id = $1 order by seq, name`,
    [id(2)],
  );
  assert.deepEqual(
    events.map(({ name }) => name),
    ['people.linked', 'people.linked', 'people.unlinked', 'people.linked', 'people.unlinked'],
  );
});

test('a key that too many share is no longer looked at', async () => {
  const crowd = Array.from({ length: 230 }, (_, n) => ({
    patientId: id(1000 + n),
    active: true,
    given: [`Crowd${n}`],
    family: ['Smith'],
    birthDate: `19${String(30 + (n % 60))}-0${1 + (n % 9)}-1${n % 9}`,
    addresses: [{ postcode: 'ZZ5 5ZZ' }],
  }));
  await observe(...crowd.slice(0, 100));
  await observe(...crowd.slice(100));
  const [largest] = await db.query<{ n: number }>(
    `select count(*) as n from people.match_key group by key order by n desc limit 1`,
  );
  assert.ok(largest!.n <= 201, `${largest!.n} members`);
});

test('people of one household with numbers of their own are no question for anybody', async () => {
  const home = {
    addresses: [{ lines: ['23 Windmill Lane'], postcode: 'ZZ2 2QB' }],
    phones: ['01632 000804'],
  };
  const family = { active: true, family: ['Oduya-Marsh'], ...home };
  await observe(
    { ...family, patientId: id(60), given: ['Grace'], birthDate: '1974-10-10', nhsNumber: '9000000033' },
    { ...family, patientId: id(61), given: ['Petra'], birthDate: '2008-01-21', nhsNumber: '9111231130' },
    {
      ...family,
      patientId: id(62),
      given: ['Anton'],
      birthDate: '2008-01-21',
      nhsNumber: '9990000018',
      sex: 'male',
    },
    {
      ...family,
      patientId: id(63),
      given: ['Boris'],
      birthDate: '2008-01-21',
      nhsNumber: '9000000009',
      sex: 'male',
    },
  );
  for (const n of [60, 61, 62, 63]) assert.equal(await openCase(n), undefined, `${n}`);
  assert.equal(await samePerson(62, 63), false);
});

test('a record with a wrong birth date keeps nobody with the right one from being found', async () => {
  const vera = {
    ...ivo,
    given: ['Vera'],
    family: ['Lindqvist-Moor'],
    birthDate: '1941-08-18',
    nhsNumber: '9000000025',
  };
  await observe({ ...vera, patientId: id(70) });
  await observe({ ...vera, patientId: id(71), birthDate: '1950-01-01', given: ['V'], addresses: [] });
  await observe({ ...vera, patientId: id(72), birthDate: '1941-09-18' });
  await observe({ ...vera, patientId: id(73) });
  assert.ok((await samePerson(70, 72)) && (await samePerson(70, 73)));
  assert.equal(await samePerson(70, 71), false);
});

test('a father and a son of one name in one home are a question, not a link', async () => {
  const peter = {
    ...ivo,
    given: ['Pieter'],
    family: ['Vandenberghe'],
    birthDate: '1973-08-15',
    phones: ['01632 000111'],
  };
  await observe({ ...peter, patientId: id(80) });
  await observe({ ...peter, patientId: id(81), birthDate: '2010-01-03' });
  assert.equal(await samePerson(80, 81), false);
  assert.equal((await openCase(81))?.reasons, '["much agrees, but the birth dates differ"]');
});
