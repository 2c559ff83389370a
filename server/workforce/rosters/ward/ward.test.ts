import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf, readRosterFile } from '../format/index.ts';
import { evaluate } from '../rules/index.ts';
import { makeWard, wardText } from './index.ts';

const text = (seed: number): string => wardText(makeWard({ staff: 30, weeks: 4, seed }));

test('the same seed makes the same ward, another seed another', () => {
  assert.equal(text(1), text(1));
  assert.notEqual(text(1), text(2));
});

test('a ward can be read, and nobody breaks anything by what was before', () => {
  for (const [staff, weeks, seed] of [
    [100, 4, 1],
    [40, 8, 2],
    [12, 4, 3],
    [20, 1, 1],
  ] as const) {
    const problem = problemOf(readRosterFile(wardText(makeWard({ staff, weeks, seed })), 'ward.json'));
    assert.equal(problem.people.length, staff);
    assert.equal(problem.days, 7 * weeks);
    for (const person of problem.people) {
      const broken = evaluate(person, new Uint8Array(problem.days)).filter(({ cost }) => cost === Infinity);
      assert.deepEqual(
        broken.map(({ id }) => id).filter((id) => id !== 'locked'),
        [],
        person.id,
      );
    }
  }
});

test('a ward is hard in the ways of wards: bands, part-timers, leave, nights, competences, bank and agency', () => {
  const ward = makeWard({ staff: 100, weeks: 4, seed: 1 });
  const own = ward.people.filter(({ tier }) => tier === 'own');
  const share = (is: (person: (typeof own)[number]) => boolean): number => own.filter(is).length / own.length;
  assert.equal(ward.people.length - own.length, 12);
  assert.deepEqual([...new Set(own.map(({ band }) => band))].toSorted(), [2, 3, 5, 6, 7]);
  assert.ok(share(({ contract }) => contract !== 'w37.5') > 0.25);
  assert.ok(share(({ onlyShifts }) => onlyShifts !== undefined) > 0.1);
  const minutesOf = ({ contract }: (typeof own)[number]): number => 4 * 60 * Number(contract.slice(1));
  const away = own
    .flatMap(({ leave }) => leave ?? [])
    .reduce(
      (sum, { from, to, minutesADay }) =>
        sum + ((Date.parse(to) - Date.parse(from)) / 86_400_000) * minutesADay,
      0,
    );
  const leaveShare = away / own.reduce((sum, person) => sum + minutesOf(person), 0);
  assert.ok(leaveShare > 0.1 && leaveShare < 0.2, `${leaveShare} of the time is leave`);
});
