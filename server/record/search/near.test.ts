import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import * as fc from 'fast-check';
import { Problem } from '../../platform/errors.ts';
import { typeNumber } from '../resource-types.ts';
import type { Resource } from '../types.ts';
import { ask, db, idsOf, put, search, walked } from './record.fixture.ts';
import { earthRadiusMetres, meridianCell, surroundings, type Position } from './positions.ts';

const place = (id: string, latitude: number, longitude: number, more: object = {}): Resource => ({
  resourceType: 'Location',
  id,
  status: 'active',
  position: { latitude, longitude },
  ...more,
});

/** Two cities and the distance between them as pypi.org/project/haversine/2.8.0 publishes it; that package takes the same radius of the Earth. */
const lyon = '45.7597|4.8422';
const betweenCitiesKm = 392.2172595594006;
const betweenCitiesMiles = betweenCitiesKm / 1.609344;

/** Distance by another formula: the angle between two vectors from the middle of the Earth. */
function metresBetween(one: Position, other: Position): number {
  const [a, b] = [one, other].map(({ latitude, longitude }) => {
    const [up, round] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(up) * Math.cos(round), Math.cos(up) * Math.sin(round), Math.sin(up)] as const;
  }) as [readonly [number, number, number], readonly [number, number, number]];
  const cross = Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
  return earthRadiusMetres * Math.atan2(cross, a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/** Everywhere on Earth, and the odd numbers that go with it: nothing, next to nothing, a pole, the date line. */
const degreesUpTo = (most: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((n) => n / 1e6) },
    { weight: 1, arbitrary: fc.double({ min: -most, max: most, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(0, most, -most) },
  );
const positions = fc.record({ latitude: degreesUpTo(90), longitude: degreesUpTo(180) });

before(async () => {
  await put(
    { resourceType: 'Organization', id: 'trust', name: 'A trust' },
    place('lyon', 45.7597, 4.8422, { managingOrganization: { reference: 'Organization/trust' } }),
    place('paris', 48.8567, 2.3508, { status: 'suspended' }),
    place('fiji', -16.8, 179.99),
    place('samoa', -16.8, -179.99),
    place('date-line', -16.8, 180),
    place('pole', 89.999, 10),
    place('nowhere', 95, 4),
    { resourceType: 'Location', id: 'unknown', status: 'active' },
    {
      resourceType: 'HealthcareService',
      id: 'clinic',
      location: [{ reference: 'Location/paris' }],
    },
    {
      resourceType: 'Appointment',
      id: 'visit',
      status: 'booked',
      participant: [{ actor: { reference: 'Location/lyon' }, status: 'accepted' }],
    },
  );
});

test('places within a distance are found, and the distance between two cities is the published one', async () => {
  assert.deepEqual(await idsOf('Location', `near=${lyon}|392.217|km`), ['lyon']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|392.218|km`), ['lyon', 'paris']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|392.218`), ['lyon', 'paris']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|392217.2|m`), ['lyon']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|392217.3|m`), ['lyon', 'paris']);
  for (const unit of ['[mi_i]', 'mi_i']) {
    assert.deepEqual(await idsOf('Location', `near=${lyon}|${betweenCitiesMiles - 0.0001}|${unit}`), [
      'lyon',
    ]);
    assert.deepEqual(await idsOf('Location', `near=${lyon}|${betweenCitiesMiles + 0.0001}|${unit}`), [
      'lyon',
      'paris',
    ]);
  }
  assert.deepEqual(await idsOf('Location', `near=${lyon}|0`), ['lyon']);
  assert.equal((await ask('Location', `near=${lyon}|392.218&_summary=count`)).total, 2);
});

test('a circle over the date line or a pole finds what is on the other side', async () => {
  assert.deepEqual(await idsOf('Location', 'near=-16.8|179.98|5'), ['fiji', 'samoa', 'date-line']);
  assert.deepEqual(await idsOf('Location', 'near=-16.8|-180|2'), ['fiji', 'samoa', 'date-line']);
  assert.deepEqual(await idsOf('Location', 'near=89.999|-170|1'), ['pole']);
  assert.equal((await idsOf('Location', 'near=0|0|99999')).length, 6);
});

test('near goes with other parameters, with several places, chains and reverse chains', async () => {
  assert.deepEqual(await idsOf('Location', `near=${lyon}|500&status=suspended`), ['paris']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|1,89.999|-170|1`), ['lyon', 'pole']);
  assert.deepEqual(await idsOf('Location', `near=${lyon}|500&near=48.8567|2.3508|1`), ['paris']);
  assert.deepEqual(await idsOf('Location', 'near:missing=true'), ['nowhere', 'unknown']);
  assert.deepEqual(await idsOf('Location', `near:missing=false&near=${lyon}|1`), ['lyon']);
  assert.deepEqual(await idsOf('HealthcareService', 'location.near=48.86|2.35|5'), ['clinic']);
  assert.deepEqual(await idsOf('HealthcareService', `location.near=${lyon}|5`), []);
  assert.deepEqual(await idsOf('Appointment', `actor.near=${lyon}|5`), ['visit']);
  assert.deepEqual(await idsOf('Organization', `_has:Location:organization:near=${lyon}|5`), ['trust']);
});

test('the nearest comes first, page by page', async () => {
  const all = ['paris', 'lyon', 'pole', 'fiji', 'date-line', 'samoa'];
  assert.deepEqual(await idsOf('Location', 'near=49|2|30000&_sort=near'), all);
  assert.deepEqual(await walked('Location', 'near=49|2|30000&_sort=near&_count=1'), all);
  assert.deepEqual(await walked('Location', 'near=49|2|30000&_sort=-near&_count=2'), all.toReversed());
  assert.deepEqual(await idsOf('Location', `_sort=near&near=89|0|300,${lyon}|500`), [
    'lyon',
    'pole',
    'paris',
  ]);
  await assert.rejects(ask('Location', '_sort=near'), /without near in the same search/);
  await assert.rejects(ask('HealthcareService', `location.near=${lyon}|5&_sort=near`), Problem);
});

test('without a distance 10 km is taken, and the answer says so', async () => {
  for (const [type, query] of [
    ['Location', 'near=45.8|4.8'],
    ['Location', 'near=45.8|4.8||furlong'],
    ['Appointment', 'actor.near=45.8|4.8'],
  ] as const) {
    const { matches, outcomes } = await ask(type, query);
    assert.equal(matches.length, 1);
    assert.deepEqual(outcomes, [
      {
        severity: 'information',
        code: 'informational',
        path: query.split('=')[0],
        text: 'No distance was given: 10 km was taken.',
      },
    ]);
  }
  assert.deepEqual((await ask('Location', `near=${lyon}|5`)).outcomes, []);
});

test('a value that names no circle is refused with its place and a way out', async () => {
  const wrong: Record<string, RegExp> = {
    Leeds: /latitude\|longitude\|distance\|unit/,
    '53.8': /latitude\|longitude\|distance\|unit/,
    '53.8|': /latitude\|longitude\|distance\|unit/,
    'ge53.8|1': /latitude\|longitude\|distance\|unit/,
    '53.8|-1.55|5|km|x': /latitude\|longitude\|distance\|unit/,
    '53.8|-1.55|5,': /latitude\|longitude\|distance\|unit/,
    '90.1|0|5': /from -90 to 90/,
    '0|-180.5|5': /from -180 to 180/,
    '53.8|-1.55|-5|km': /zero or more/,
    '53.8|-1.55|far|km': /zero or more/,
    '53.8|-1.55|1e999|km': /zero or more/,
    '53.8|-1.55|5|furlong': /km, m or \[mi_i\]/,
  };
  for (const [value, text] of Object.entries(wrong)) {
    for (const [type, name] of [
      ['Location', 'near'],
      ['Appointment', 'actor.near'],
    ] as const) {
      await assert.rejects(ask(type, `${name}=${encodeURIComponent(value)}`), (error) => {
        assert.ok(error instanceof Problem, value);
        assert.deepEqual([error.status, error.code, error.place], [400, 'search/invalid', name]);
        assert.match(error.message, text);
        return error.wayOut !== undefined;
      });
    }
  }
  await assert.rejects(ask('Location', 'near:exact=53.8|-1.55'), /near has no modifier exact/);
});

test('every place within a distance lies in the surroundings', () => {
  const shift = fc.double({ min: -0.2, max: 0.2, noNaN: true });
  const pairs = fc.oneof(
    fc.tuple(positions, positions),
    fc.tuple(positions, shift, shift).map(([from, up, aside]) => {
      const latitude = Math.min(90, Math.max(-90, from.latitude + up));
      const longitude = ((from.longitude + aside + 540) % 360) - 180;
      return [from, { latitude, longitude }] as const;
    }),
  );
  fc.assert(
    fc.property(pairs, ([from, to]) => {
      const { south, north, cells } = surroundings(from, metresBetween(from, to));
      assert.ok(to.latitude >= south && to.latitude <= north);
      assert.ok(cells.includes(meridianCell(to.longitude)));
    }),
    { numRuns: 5000 },
  );
});

test('the surroundings of a small circle are few degrees of longitude', () => {
  assert.deepEqual(surroundings({ latitude: 53.8, longitude: -1.55 }, 5000).cells, [178]);
  assert.deepEqual(surroundings({ latitude: 53.8, longitude: -0.01 }, 5000).cells, [179, 180]);
  assert.deepEqual(surroundings({ latitude: 0, longitude: 180 }, 5000).cells, [359, 0]);
});

test('any circle finds what measuring every place finds', async () => {
  const places = fc.sample(positions, { seed: 5, numRuns: 200 });
  await put(
    ...places.map((one, i) => place(`random${i}`, one.latitude, one.longitude, { status: 'inactive' })),
  );
  await fc.assert(
    fc.asyncProperty(positions, fc.integer({ min: 0, max: 20_100 }), async (from, km) => {
      const near = places.map((to) => metresBetween(from, to) - km * 1000);
      fc.pre(near.every((metres) => Math.abs(metres) > 0.01));
      const found = await walked(
        'Location',
        `status=inactive&near=${from.latitude}|${from.longitude}|${km}&_count=1000`,
      );
      const expected = near.flatMap((metres, i) => (metres < 0 ? [`random${i}`] : []));
      assert.deepEqual(found.sort(), expected.sort());
    }),
    { numRuns: 30 },
  );
});

test('places stored before near was answered are filed by the migration as extraction files them', async () => {
  const type = typeNumber('Location');
  const { ordinal } = search.params('Location').byCode.get('near')!;
  const rows = (): Promise<object[]> =>
    db.query(
      `select r.rid, r.present, s.param, s.qualifier, s.unit, s.low + 0 as low, s.high + 0 as high
       from record.resource r
       left join record.search_number s on s.patient_id = r.patient_id and s.type = r.type and s.rid = r.rid
       where r.type = $1
       order by r.rid`,
      [type],
    );
  const expected = await rows();
  await db.query('delete from record.search_number where type = $1', [type]);
  await db.query('update record.resource set present = present & ~(1::bigint << $2) where type = $1', [
    type,
    ordinal,
  ]);
  assert.notDeepEqual(await rows(), expected);
  const migration = readFileSync(new URL('../migrations/0004-positions.sql', import.meta.url), 'utf8');
  for (const statement of migration.split(/;\n/)) if (statement.trim() !== '') await db.query(statement);
  assert.deepEqual(await rows(), expected);
});
