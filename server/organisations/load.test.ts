import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { Problem } from '../platform/errors.ts';
import { createOrganisations, loadGeography, loadOrganisations, localSystem, odsSystem } from './index.ts';
import {
  madeUpGeography,
  madeUpOrganisations,
  writeMadeUpSystem,
} from '../../test/support/made-up-system.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-partners-'));
after(() => rm(folder, { recursive: true }));
const db = await database();
const organisations = createOrganisations(db);
let hour = 9;
const clock = () => new Date(Date.UTC(2026, 2, 1, hour++));
const source = madeUpOrganisations.source;

async function file(name: string, content: unknown): Promise<string> {
  const there = path.join(folder, name);
  await writeFile(there, typeof content === 'string' ? content : JSON.stringify(content));
  return there;
}

const refusedAt = (place: string) => (error: unknown) => {
  assert.ok(error instanceof Problem, String(error));
  assert.equal(error.place, place);
  assert.ok(error.wayOut !== undefined);
  return true;
};

const names = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name).sort();

async function idOf(localId: string): Promise<string> {
  const id = await organisations.organisationByIdentifier({ system: localSystem(source), value: localId });
  assert.ok(id !== undefined);
  return id;
}

before(async () => {
  await writeMadeUpSystem(folder);
  await loadGeography(db, clock, folder);
  await loadOrganisations(db, clock, folder);
});

describe('A made-up system, loaded from its two files', () => {
  test('a postcode leads to its neighbourhood, place and system', async () => {
    const places = await organisations.placesOf('zz11aa', '2026-03-01');
    assert.deepEqual(names(places!.neighbourhood), ['Saltings']);
    assert.deepEqual(names(places!.place), ['South Marram']);
    assert.deepEqual(names(places!.system), ['Marram Coast']);
    assert.equal(places!.deprivation?.decile, 1);
    assert.equal(await organisations.placesOf('ZZ9 9ZZ', '2026-03-01'), undefined);
    assert.equal(await organisations.placesOf('not a postcode', '2026-03-01'), undefined);
  });

  test('many postcodes are found at once, however they are written', async () => {
    const found = await organisations.areasOfPostcodes(['zz1 1aa', 'ZZ11AB', 'ZZ9 9ZZ', '?'], '2026-03-01');
    assert.deepEqual(
      [...found],
      [
        ['zz1 1aa', 'LSO01'],
        ['ZZ11AB', 'LSO16'],
      ],
    );
  });

  test('a practice belongs to its network and to two neighbourhoods, of which one came later', async () => {
    const id = await idOf('harbour-surgery');
    const bodiesOn = async (day: string) => names(await organisations.bodiesOf(id, day));
    assert.deepEqual(await bodiesOn('2020-01-01'), ['Harbour', 'Harbour Primary Care Network']);
    assert.deepEqual(await bodiesOn('2023-01-01'), ['Harbour', 'Harbour Primary Care Network', 'Old Town']);
    assert.ok(names(await organisations.allBodiesOf(id, '2023-01-01')).includes('Marram Coast'));
  });

  test('a merged practice is replaced by another, which was renamed that day and kept its identity', async () => {
    const [quay, harbour] = [await idOf('quay-surgery'), await idOf('harbour-surgery')];
    assert.deepEqual(names(await organisations.replacementsOf(quay, '2025-03-31')), ['Quay Surgery']);
    assert.deepEqual(await organisations.replacementsOf(quay, '2025-04-01'), [
      { id: harbour, kind: 'gp-practice', name: 'Harbour and Quay Surgery', tier: null },
    ]);
    assert.equal((await organisations.findOrganisation(harbour, '2025-03-31'))?.name, 'Harbour Surgery');
    assert.equal(await organisations.findOrganisation(quay, '2025-04-01'), undefined);
  });

  test('a neighbourhood moves to another place on its day', async () => {
    const earlier = await organisations.placesOfArea('LSO11', '2026-03-31');
    const then = await organisations.placesOfArea('LSO11', '2026-04-01');
    assert.deepEqual(names(earlier!.place), ['North Marram']);
    assert.deepEqual(names(then!.place), ['South Marram']);
  });

  test('the source named in a record is found by ODS code or local id', async () => {
    const trust = await organisations.organisationByIdentifier({ system: odsSystem, value: 'ZZR01' });
    assert.equal(await organisations.organisationBySource('urn:openics:source:zzr01'), trust);
    assert.equal(await organisations.organisationBySource('urn:openics:source:tide'), await idOf('tide'));
    assert.equal(await organisations.organisationBySource('urn:openics:source:nobody'), undefined);
    assert.equal(await organisations.organisationBySource('https://example.org'), undefined);
  });

  test('loading both files again changes nothing', async () => {
    const geography = await loadGeography(db, clock, folder);
    const partners = await loadOrganisations(db, clock, folder);
    assert.equal(geography.changed, false);
    assert.deepEqual(
      partners.files.map(({ state }) => state),
      ['unchanged'],
    );
  });
});

describe('What a newer file no longer says', () => {
  test('is withdrawn and kept, with who took it back; the rest stays', async () => {
    const id = await idOf('tide');
    const without = {
      ...madeUpOrganisations,
      organisations: madeUpOrganisations.organisations.filter((one) => one.id !== 'tide'),
    };
    const done = await loadOrganisations(db, clock, await file('newer.json', without));
    assert.partialDeepStrictEqual(done.files[0], { state: 'loaded', added: 0, withdrawn: 2 });
    assert.equal(await organisations.findOrganisation(id, '2026-03-01'), undefined);
    const [kept] = await db.query<{ name: string; recorded: Date }>(
      `select f.name, d.recorded
       from organisations.description f
       join organisations.delivery d on d.delivery_id = f.withdrawn_by
       where f.organisation_id = $1`,
      [id],
    );
    assert.equal(kept?.name, 'Tide Befriending');
    await loadOrganisations(db, clock, await file('as-before.json', madeUpOrganisations));
    assert.equal((await organisations.findOrganisation(id, '2026-03-01'))?.id, id);
  });
});

const broken = (change: object) => ({ ...madeUpOrganisations, source: 'urn:example:other', ...change });

const one = (more: object) =>
  broken({ organisations: [{ id: 'a', kind: 'council', name: 'A', ...more }], events: [] });

const withEvent = (event: object) =>
  broken({
    organisations: ['a', 'b'].map((id) => ({ id, kind: 'council', name: id })),
    events: [{ on: '2026-01-01', from: 'a', ...event }],
  });

/** How much is stored. */
const counted = (): Promise<unknown> =>
  db.query(
    `select (select count(*) from organisations.organisation) as organisations,
            (select count(*) from organisations.description) as descriptions,
            (select count(*) from organisations.delivery) as deliveries`,
  );

describe('A file with a fault', () => {
  const cases: [why: string, content: unknown, place: string][] = [
    ['is no JSON', '{\n "format": oops', 'broken.json, line 2, column 12'],
    ['has a kind that does not exist', one({ kind: 'castle' }), 'broken.json, /organisations/0/kind'],
    ['has a member nobody described', one({ nmae: 'A' }), 'broken.json, /organisations/0/nmae'],
    [
      'has a day that is not in the calendar',
      one({ from: '2025-02-30' }),
      'broken.json, /organisations/0/from',
    ],
    [
      'ends before it starts',
      one({ from: '2025-02-02', to: '2025-02-01' }),
      'broken.json, /organisations/0/to',
    ],
    [
      'names a body nobody knows',
      one({ memberships: [{ body: 'nowhere', kind: 'member' }] }),
      'broken.json, /organisations/0/memberships/0/body',
    ],
    ['says a split with one heir', withEvent({ kind: 'split', to: ['b'] }), 'broken.json, /events/0/to'],
    [
      'moves what nobody knows',
      withEvent({ kind: 'transfer', to: 'b', takes: ['x'] }),
      'broken.json, /events/0/takes/b/0',
    ],
  ];

  for (const [why, content, place] of cases) {
    test(`that ${why} is refused with its place, and nothing of it is stored`, async () => {
      const stored = await counted();
      const refusal = loadOrganisations(db, clock, await file('broken.json', content));
      await assert.rejects(refusal, refusedAt(place));
      assert.deepEqual(await counted(), stored);
    });
  }

  test('of geography that gives an area the code of another source is refused with its place', async () => {
    const given = await file('geography.json', { ...madeUpGeography, source: 'urn:example:other' });
    await assert.rejects(loadGeography(db, clock, given), refusedAt('geography.json, /areas/7/code'));
  });

  test('of geography that puts an area into nothing is refused with its place', async () => {
    const areas = madeUpGeography.areas.filter(({ code }) => code !== 'PLA1');
    const given = await file('geography.json', { ...madeUpGeography, source: 'urn:example:other', areas });
    await assert.rejects(loadGeography(db, clock, given), refusedAt('geography.json, /areas/2/parent'));
  });
});

describe('Files of the English open data', () => {
  test('that lack a column, have a wrong code or say a thing twice are refused with line and column', async () => {
    const cases: [name: string, text: string, place: string][] = [
      ['icb24.csv', 'ons_code,name\nE54000008,A\n', 'icb24.csv, line 1, column 2 (name)'],
      [
        'icb24.csv',
        'ons_code,ods_code,name\nE54000008,QAA,A\nE99,QAB,B\n',
        'icb24.csv, line 3, column 1 (ons_code)',
      ],
      [
        'icb24.csv',
        'ons_code,ods_code,name\nE54000008,QAA,A\nE54000009,QAA,B\n',
        'icb24.csv, line 3, column 2 (ods_code)',
      ],
      ['icb24.csv', 'ons_code,ods_code,name\nE54000008,QAA\n', 'icb24.csv, line 2, column 3'],
      ['icb24.csv', 'ons_code,ods_code,name,name\nE54000008,QAA,A,B\n', 'icb24.csv, line 1, column 4 (name)'],
      ['icb24.csv', 'ons_code,ods_code,name\n', 'icb24.csv, line 1'],
      ['some.csv', 'a,b\n1,2\n', 'some.csv, line 1, column 1 (a)'],
      [
        'sub_icb24.csv',
        'sicbl_ons_code,sicbl_ods_code,name,icb_ons_code,icb_ods_code\nE38000006,99X,A,E54000008,QZZ\n',
        'sub_icb24.csv, line 2, column 5 (icb_ods_code)',
      ],
    ];
    for (const [name, text, place] of cases)
      await assert.rejects(loadGeography(db, clock, await file(name, text)), refusedAt(place), text);
  });

  test('in the shape of the postcode directory say where a postcode lies, from when to when', async () => {
    const header = 'pcd,pcds,dointr,doterm,lsoa21';
    const lines = [
      'ZZ2 1AA,ZZ2 1AA,198001,,E01000001',
      'ZZ2 1AB,ZZ2 1AB,198001,201506,E01000002',
      'ZZ2 1AC,ZZ2 1AC,198001,,S01000001',
    ];
    const given = await file('ONSPD_TEST.csv', [header, ...lines, ''].join('\n'));
    const { files } = await loadGeography(db, clock, given);
    assert.partialDeepStrictEqual(files[0], { state: 'loaded', rows: 2, passedOver: 1 });
    const found = await organisations.areasOfPostcodes(['ZZ21AA', 'ZZ21AB', 'ZZ21AC'], '2026-01-01');
    assert.deepEqual([...found.values()], ['E01000001', 'E01000002']);
    const early = await organisations.areasOfPostcodes(['ZZ21AA'], '1979-12-31');
    assert.equal(early.size, 0);
    const twice = await file('ONSPD_TWICE.csv', [header, lines[0], lines[0], ''].join('\n'));
    await assert.rejects(loadGeography(db, clock, twice), refusedAt('ONSPD_TWICE.csv'));
  });
});
