/** The open English data, all 42 ICBs of it, and what becomes of six of them. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { sharedData } from '../../test/support/shared-data.ts';
import { createOrganisations, loadGeography, loadOrganisations, odsSystem, rules } from './index.ts';
import { systemMap } from './view/system.ts';

const { path: england, skip } = sharedData('england');
const clock = () => new Date('2026-03-01T09:00:00Z');
const announced = path.join(import.meta.dirname, 'announced/east-of-england-2026.json');

test('the English open data', { skip }, async (t) => {
  const db = await database(t);
  const report = await loadGeography(db, clock, england);
  await loadOrganisations(db, clock, announced);
  const organisations = createOrganisations(db);
  const graph = await organisations.graph();
  const systemsOf = async (area: string, day: string): Promise<string[]> =>
    ((await organisations.placesOfArea(area, day))?.system ?? []).map(({ name }) => name);

  await t.test('every file is loaded whole', () => {
    const rows = Object.fromEntries(report.files.map((file) => [file.file, file.rows]));
    assert.equal(rows['icb24.csv'], 42);
    assert.equal(rows['sub_icb24.csv'], 106);
    assert.equal(rows['imd2025_lsoa21.csv.gz'], 33_755);
    assert.equal(rows['lsoa11_lsoa21_ltla22.csv.gz'], 35_795);
  });

  await t.test('loading it again changes nothing', async () => {
    const again = await loadGeography(db, clock, england);
    assert.equal(again.changed, false);
    assert.ok(again.files.every(({ state }) => state !== 'loaded'));
    const twice = await loadOrganisations(db, clock, announced);
    assert.deepEqual(
      twice.files.map(({ state, added, withdrawn }) => ({ state, added, withdrawn })),
      [{ state: 'unchanged', added: 0, withdrawn: 0 }],
    );
  });

  await t.test('there are 42 boards on 31 March 2026, and 39 on 1 April', () => {
    assert.equal(rules.systemsOn(graph, '2026-03-31').length, 42);
    assert.equal(rules.systemsOn(graph, '2026-04-01').length, 39);
  });

  await t.test('each of the 33,755 small areas is in exactly one system, before and after', async () => {
    const areas = await db.query<{ code: string }>(
      `select code from organisations.area where kind = 'lsoa' and withdrawn_by is null`,
    );
    assert.equal(areas.length, 33_755);
    for (const day of ['2022-07-01', '2024-03-31', '2024-04-01', '2026-03-31', '2026-04-01', '2030-01-01']) {
      const several = areas.filter(({ code }) => rules.tiersOf(graph, code, day).system.length !== 1);
      assert.deepEqual(several, [], `on ${day}`);
    }
  });

  await t.test(
    'Colchester goes to Essex, Ipswich to Norfolk and Suffolk, though they were one system',
    async () => {
      const [colchester] = await areaNamed('Colchester 001A');
      const [ipswich] = await areaNamed('Ipswich 001A');
      const before = ['NHS Suffolk and North East Essex Integrated Care Board'];
      assert.deepEqual(await systemsOf(colchester!, '2026-03-31'), before);
      assert.deepEqual(await systemsOf(ipswich!, '2026-03-31'), before);
      assert.deepEqual(await systemsOf(colchester!, '2026-04-01'), ['NHS Essex Integrated Care Board']);
      assert.deepEqual(await systemsOf(ipswich!, '2026-04-01'), [
        'NHS Norfolk and Suffolk Integrated Care Board',
      ]);
    },
  );

  await t.test('what replaced Hertfordshire and West Essex is two boards', async () => {
    const id = await organisations.organisationByIdentifier({ system: odsSystem, value: 'QM7' });
    const names = (await organisations.replacementsOf(id!, '2026-04-01')).map(({ name }) => name);
    assert.deepEqual(names.sort(), [
      'NHS Central East Integrated Care Board',
      'NHS Essex Integrated Care Board',
    ]);
    assert.equal((await organisations.replacementsOf(id!, '2026-03-31'))[0]?.id, id);
  });

  await t.test(
    'no area is lost or won: those of the three new boards are those of the six old ones',
    async () => {
      const six = ['QMM', 'QJG', 'QH8', 'QM7', 'QHG', 'QUE'];
      const areasOn = async (day: string): Promise<string[]> => {
        const found = [];
        for (const value of six) {
          const id = await organisations.organisationByIdentifier({ system: odsSystem, value });
          found.push(
            ...rules.replacementsOf(graph, id!, day).flatMap((each) => rules.areasOf(graph, each, day)),
          );
        }
        return [...new Set(found)].sort();
      };
      const before = await areasOn('2026-03-31');
      assert.ok(before.length > 3_000);
      assert.deepEqual(await areasOn('2026-04-01'), before);
    },
  );

  await t.test(
    'four areas that changed system between 2022 and 2024 are in the right one on each day',
    async () => {
      assert.deepEqual(await systemsOf('E01031502', '2023-06-01'), [
        'NHS Surrey Heartlands Integrated Care Board',
      ]);
      assert.deepEqual(await systemsOf('E01031502', '2024-06-01'), ['NHS Sussex Integrated Care Board']);
    },
  );

  await t.test(
    'the map of all boards has all of them, in few enough points to be sent with a page',
    async () => {
      const map = await systemMap(db, graph, new Map(), '2026-03-31', undefined);
      assert.equal(map.bodies.length, 42);
      const points = map.bodies.flatMap(({ rings }) => rings.flat()).length;
      assert.ok(points > 1_000 && points < 4_000, `${points} points`);
    },
  );

  await t.test('deprivation comes with the area', async () => {
    const places = await organisations.placesOfArea('E01000001', '2026-03-01');
    assert.deepEqual(places?.deprivation, { area: 'E01000001', year: 2025, decile: 8, rank: 26_525 });
    assert.equal(places?.areaName, 'City of London 001A');
  });

  async function areaNamed(name: string): Promise<string[]> {
    const rows = await db.query<{ code: string }>(
      `select code from organisations.area where name = $1 and kind = 'lsoa'`,
      [name],
    );
    return rows.map(({ code }) => code);
  }
});
