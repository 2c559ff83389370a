import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { dayOf, yearsOn } from '../calendar.ts';
import { makeHousehold } from '../lives/household.ts';
import { Random } from '../random.ts';
import { makeWorld } from '../world.ts';
import { conditionsOf } from './conditions.ts';
import { registers } from './registers.ts';

const england = sharedData('england');
const world = makeWorld({ people: 60_000, seed: 5, until: dayOf('2026-03-31')! });

type One = { age: number; decile: number; codes: Set<string> };

function everyone(): One[] {
  const all: One[] = [];
  for (let index = 0; index < world.households; index++)
    for (const person of makeHousehold(world, index).people) {
      const isHere = person.born <= world.until && person.hereTo > world.until && person.died === undefined;
      if (!isHere) continue;
      const conditions = conditionsOf(world, new Random(5, index, person.slot), person);
      all.push({
        age: yearsOn(world.until, person.born),
        decile: person.stays.at(-1)!.address.lsoa?.imdDecile ?? 1,
        codes: new Set(conditions.map(({ register }) => register.code)),
      });
    }
  return all;
}

const people = everyone();
const rowsOf = (text: string): Record<string, string>[] => {
  const [head, ...lines] = text.trim().split('\n');
  const names = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i]!, value])));
};

test(
  'each register is as common as in England, and steeper or flatter by deprivation as there',
  { skip: england.skip },
  (t) => {
    const rows = rowsOf(
      readFileSync(path.join(england.path, 'qof_2019_20_prevalence_by_imd_decile.csv'), 'utf8'),
    );
    for (const register of registers) {
      const own = rows.filter(
        (row) => row['group_code'] === register.code && /^\d+$/.test(row['imd_overall']!),
      );
      const sum = (column: string, from = 1, to = 10): number =>
        own
          .filter((row) => Number(row['imd_overall']) >= from && Number(row['imd_overall']) <= to)
          .reduce((total, row) => total + Number(row[column]), 0);
      const share = (from: number, to: number): number => {
        const counted = people.filter(
          ({ age, decile }) => age >= register.from && decile >= from && decile <= to,
        );
        return counted.filter(({ codes }) => codes.has(register.code)).length / counted.length;
      };
      for (const row of own) {
        const typed = register.byDecile[Number(row['imd_overall']) - 1]! / 10_000;
        assert.ok(
          Math.abs(typed - Number(row['prevalence'])) < 0.0001,
          `${register.code} decile ${row['imd_overall']}`,
        );
      }
      const published = sum('register') / sum('list');
      const made = share(1, 10);
      const noise = 3 * Math.sqrt(published / people.length);
      t.diagnostic(
        `${register.code.padEnd(4)} published ${(100 * published).toFixed(2)}%, made ${(100 * made).toFixed(2)}%, ratio ${(made / published).toFixed(2)}`,
      );
      assert.ok(
        Math.abs(made - published) < 0.1 * published + noise,
        `${register.code}: ${made}, not ${published}`,
      );
      const gradient =
        sum('register', 1, 3) / sum('list', 1, 3) - sum('register', 8, 10) / sum('list', 8, 10);
      const madeGradient = share(1, 3) - share(8, 10);
      const spread = 3 * Math.sqrt((2 * published) / (0.3 * people.length)) + 0.12 * published;
      assert.ok(
        Math.abs(madeGradient - gradient) < spread,
        `${register.code} gradient: ${madeGradient}, not ${gradient}`,
      );
    }
  },
);

test('people are as old as in England', { skip: england.skip }, (t) => {
  const text = gunzipSync(
    readFileSync(path.join(england.path, 'population_census2021_lsoa21_ageband.csv.gz')),
  );
  const bands = new Map<string, number>();
  for (const line of text.toString().split('\n')) {
    if (!line.startsWith('E')) continue;
    const [, , band, count] = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    bands.set(band!, (bands.get(band!) ?? 0) + Number(count));
  }
  const all = [...bands.values()].reduce((sum, count) => sum + count, 0);
  const edges: [string, number, number][] = [
    ['Aged 15 years and under', 0, 16],
    ['Aged 16 to 24 years', 16, 25],
    ['Aged 25 to 34 years', 25, 35],
    ['Aged 35 to 49 years', 35, 50],
    ['Aged 50 to 64 years', 50, 65],
    ['Aged 65 years and over', 65, 130],
  ];
  for (const [band, from, to] of edges) {
    const published = bands.get(band)! / all;
    const made = people.filter(({ age }) => age >= from && age < to).length / people.length;
    t.diagnostic(`${band}: Census ${(100 * published).toFixed(1)}%, made ${(100 * made).toFixed(1)}%`);
    assert.ok(Math.abs(made - published) < 0.02, `${band}: ${made}, not ${published}`);
  }
});
