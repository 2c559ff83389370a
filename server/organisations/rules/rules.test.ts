import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { holdsOn } from '../days.ts';
import type { Description, Kind, Membership, Responsibility, Succession } from '../types.ts';
import {
  areasOf,
  bodiesOf,
  descendantsOf,
  descriptionOn,
  graphOf,
  membersOf,
  replacementsOf,
  responsibleFor,
  staysOf,
  systemsOn,
  tiersOf,
  type Graph,
} from './index.ts';

const always = { from: null, to: null };

const body = (organisationId: string, kind: Kind, from: string | null = null): Description => ({
  organisationId,
  kind,
  name: organisationId,
  status: 'active',
  from,
  to: null,
});

const partOf = (member: string, whole: string): Membership => ({
  member,
  body: whole,
  kind: 'part-of',
  ...always,
});

const event = (said: Partial<Succession> & Pick<Succession, 'kind' | 'on' | 'predecessors'>): Succession => ({
  id: `${said.on} ${said.kind} ${said.predecessors.join()}`,
  heirs: [],
  taken: {},
  newName: null,
  ...said,
});

/** Two systems of two places each; each place looks after two small areas, a1 to a8. */
function twoSystems(...successions: Succession[]): Graph {
  const places = ['p1', 'p2', 'p3', 'p4'];
  return graphOf({
    descriptions: [
      body('north', 'system'),
      body('south', 'system'),
      body('whole', 'system', '2026-04-01'),
      ...places.map((place) => body(place, 'place')),
    ],
    memberships: places.map((place, index) => partOf(place, index < 2 ? 'north' : 'south')),
    responsibilities: places.flatMap((place, index): Responsibility[] => [
      { area: `a${2 * index + 1}`, body: place, ...always },
      { area: `a${2 * index + 2}`, body: place, ...always },
    ]),
    successions,
  });
}

const merge = event({
  kind: 'merge',
  on: '2026-04-01',
  predecessors: ['north', 'south'],
  heirs: ['whole'],
});

test('the day before a merge each area is in its old system, on the day of the merge in the new one', () => {
  const graph = twoSystems(merge);
  assert.deepEqual(tiersOf(graph, 'a1', '2026-03-31').system, ['north']);
  assert.deepEqual(tiersOf(graph, 'a8', '2026-03-31').system, ['south']);
  assert.deepEqual(tiersOf(graph, 'a1', '2026-04-01').system, ['whole']);
  assert.deepEqual(tiersOf(graph, 'a8', '2026-04-01').system, ['whole']);
  assert.deepEqual(systemsOn(graph, '2026-03-31').sort(), ['north', 'south']);
  assert.deepEqual(systemsOn(graph, '2026-04-01'), ['whole']);
});

test('a merged body has all places and areas of those it replaced, and they have none', () => {
  const graph = twoSystems(merge);
  assert.deepEqual(descendantsOf(graph, 'whole', '2026-04-01').sort(), ['p1', 'p2', 'p3', 'p4', 'whole']);
  assert.equal(areasOf(graph, 'whole', '2026-04-01').length, 8);
  assert.deepEqual(areasOf(graph, 'north', '2026-04-01'), []);
  assert.deepEqual(replacementsOf(graph, 'south', '2030-01-01'), ['whole']);
  assert.equal(descriptionOn(graph, 'south', '2026-04-01'), undefined);
});

test('a split sends each place to the heir that takes it, and all others to the first', () => {
  const graph = twoSystems(
    event({
      kind: 'split',
      on: '2026-04-01',
      predecessors: ['north'],
      heirs: ['whole', 'south'],
      taken: { south: ['p2'] },
    }),
  );
  assert.deepEqual(tiersOf(graph, 'a1', '2026-04-01').system, ['whole']);
  assert.deepEqual(tiersOf(graph, 'a3', '2026-04-01').system, ['south']);
  assert.deepEqual(replacementsOf(graph, 'north', '2026-04-01').sort(), ['south', 'whole']);
});

test('a transfer moves one place and leaves the rest, and both systems go on', () => {
  const graph = twoSystems(
    event({
      kind: 'transfer',
      on: '2025-10-01',
      predecessors: ['north'],
      heirs: ['south'],
      taken: { south: ['p2'] },
    }),
  );
  assert.deepEqual(bodiesOf(graph, 'p2', '2025-09-30'), [{ body: 'north', kind: 'part-of' }]);
  assert.deepEqual(bodiesOf(graph, 'p2', '2025-10-01'), [{ body: 'south', kind: 'part-of' }]);
  assert.deepEqual(bodiesOf(graph, 'p1', '2025-10-01'), [{ body: 'north', kind: 'part-of' }]);
  assert.equal(membersOf(graph, 'south', '2025-10-01').length, 3);
});

test('one small area can move between places', () => {
  const graph = twoSystems(
    event({ kind: 'transfer', on: '2025-10-01', predecessors: ['p1'], heirs: ['p3'], taken: { p3: ['a2'] } }),
  );
  assert.deepEqual(responsibleFor(graph, 'a2', '2025-10-01'), ['p3']);
  assert.deepEqual(tiersOf(graph, 'a2', '2025-10-01').system, ['south']);
  assert.deepEqual(tiersOf(graph, 'a1', '2025-10-01').system, ['north']);
});

test('a membership said after a transfer stands: it was said knowing of it', () => {
  const transfer = event({
    kind: 'transfer',
    on: '2025-10-01',
    predecessors: ['north'],
    heirs: ['south'],
    taken: { south: ['p'] },
  });
  const graph = graphOf({
    memberships: [{ member: 'p', body: 'north', kind: 'part-of', from: '2026-01-01', to: null }],
    successions: [transfer],
  });
  assert.deepEqual(bodiesOf(graph, 'p', '2026-01-01'), [{ body: 'north', kind: 'part-of' }]);
});

test('a renamed body keeps its identity, its members and its areas', () => {
  const graph = twoSystems(
    event({ kind: 'rename', on: '2025-10-01', predecessors: ['north'], newName: 'Upper' }),
  );
  assert.equal(descriptionOn(graph, 'north', '2025-09-30')?.name, 'north');
  assert.equal(descriptionOn(graph, 'north', '2025-10-01')?.name, 'Upper');
  assert.deepEqual(replacementsOf(graph, 'north', '2025-10-01'), ['north']);
  assert.equal(areasOf(graph, 'north', '2025-10-01').length, 4);
});

test('a body may sit in two places', () => {
  const graph = graphOf({ memberships: [partOf('pcn', 'p1'), partOf('pcn', 'p2')] });
  assert.deepEqual(
    bodiesOf(graph, 'pcn', '2026-01-01').map((tie) => tie.body),
    ['p1', 'p2'],
  );
});

test('a body that merged and came back by a split is there again', () => {
  const graph = twoSystems(
    merge,
    event({
      kind: 'split',
      on: '2030-04-01',
      predecessors: ['whole'],
      heirs: ['north', 'south'],
      taken: { south: ['p3', 'p4'] },
    }),
  );
  assert.deepEqual(systemsOn(graph, '2029-01-01'), ['whole']);
  assert.deepEqual(systemsOn(graph, '2030-04-01').sort(), ['north', 'south']);
  assert.deepEqual(tiersOf(graph, 'a8', '2030-04-01').system, ['south']);
});

test('a board that is a member of its system is not a second system', () => {
  const graph = graphOf({
    descriptions: [body('system', 'system'), body('board', 'icb')],
    memberships: [{ member: 'board', body: 'system', kind: 'member', ...always }],
  });
  assert.deepEqual(systemsOn(graph, '2026-01-01'), ['system']);
});

test('members of a body that closes without heir belong to nothing', () => {
  const graph = twoSystems(event({ kind: 'close', on: '2025-10-01', predecessors: ['north'] }));
  assert.deepEqual(bodiesOf(graph, 'p1', '2025-10-01'), []);
  assert.deepEqual(replacementsOf(graph, 'north', '2025-10-01'), []);
});

test('an area of one census stands for that of the other where nothing was said of it', () => {
  const graph = graphOf({
    responsibilities: [{ area: 'old', body: 'p1', from: '2022-07-01', to: '2024-04-01' }],
    counterparts: new Map([['new', ['old']]]),
  });
  assert.deepEqual(responsibleFor(graph, 'new', '2023-01-01'), ['p1']);
  assert.deepEqual(responsibleFor(graph, 'new', '2024-04-01'), []);
});

const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);

type Move = { kind: 'merge' | 'split' | 'transfer'; a: number; b: number; mask: number; gap: number };

const moves = fc.array(
  fc.record({
    kind: fc.constantFrom('merge' as const, 'split' as const, 'transfer' as const),
    a: fc.nat(1000),
    b: fc.nat(1000),
    mask: fc.nat(255),
    gap: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 12 },
);

/** Plays moves over three systems of eight places: the events, and for each day which system each place was in. */
function played(list: Move[]) {
  const placeNames = Array.from({ length: 8 }, (_, index) => `p${index}`);
  const systemOf = new Map(placeNames.map((place, index) => [place, `s${index % 3}`]));
  let alive = ['s0', 's1', 's2'];
  const events: Succession[] = [];
  const known = [...alive];
  const history: { on: number; systems: Map<string, string>; alive: string[] }[] = [
    { on: 0, systems: new Map(systemOf), alive },
  ];
  let on = 1;
  for (const [index, { kind, a, b, mask, gap }] of list.entries()) {
    on += gap;
    const one = alive[a % alive.length]!;
    const others = alive.filter((each) => each !== one);
    const other = others[b % Math.max(1, others.length)];
    const chosen = placeNames.filter((place, bit) => systemOf.get(place) === one && (mask >> bit) & 1);
    if (kind === 'merge') {
      if (other === undefined) continue;
      const heir = `m${index}`;
      events.push({
        ...event({ kind, on: day(on), predecessors: [one, other], heirs: [heir] }),
        id: `${1000 + index}`,
      });
      for (const [place, system] of systemOf)
        if (system === one || system === other) systemOf.set(place, heir);
      alive = [...alive.filter((each) => each !== one && each !== other), heir];
      known.push(heir);
    } else if (kind === 'split') {
      const heirs = [`x${index}`, `y${index}`];
      const taken = { [heirs[1]!]: chosen };
      events.push({
        ...event({ kind, on: day(on), predecessors: [one], heirs, taken }),
        id: `${1000 + index}`,
      });
      for (const [place, system] of systemOf)
        if (system === one) systemOf.set(place, chosen.includes(place) ? heirs[1]! : heirs[0]!);
      alive = [...others, ...heirs];
      known.push(...heirs);
    } else {
      if (other === undefined || chosen.length === 0) continue;
      const taken = { [other]: chosen };
      events.push({
        ...event({ kind, on: day(on), predecessors: [one], heirs: [other], taken }),
        id: `${1000 + index}`,
      });
      for (const place of chosen) systemOf.set(place, other);
    }
    history.push({ on, systems: new Map(systemOf), alive });
  }
  const graph = graphOf({
    descriptions: [...known.map((id) => body(id, 'system')), ...placeNames.map((id) => body(id, 'place'))],
    memberships: placeNames.map((place, index) => partOf(place, `s${index % 3}`)),
    responsibilities: placeNames.map((place) => ({ area: `area ${place}`, body: place, ...always })),
    successions: events,
  });
  return { graph, history, last: on, placeNames };
}

test('after any merges, splits and transfers every area is in exactly one system on any day, the right one', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const { graph, history, last, placeNames } = played(list);
      for (let at = 0; at <= last + 1; at++) {
        const then = history.findLast((each) => each.on <= at)!;
        for (const place of placeNames)
          assert.deepEqual(tiersOf(graph, `area ${place}`, day(at)).system, [then.systems.get(place)]);
      }
    }),
    { numRuns: 300 },
  );
});

test('asking downwards agrees with asking upwards, on any day', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const { graph, history, last } = played(list);
      for (let at = 0; at <= last + 1; at++) {
        const then = history.findLast((each) => each.on <= at)!;
        for (const system of then.alive) {
          const expected = [...then.systems].filter(([, each]) => each === system).map(([place]) => place);
          const found = membersOf(graph, system, day(at)).map(({ member }) => member);
          assert.deepEqual(found.sort(), expected.sort());
          assert.deepEqual(
            areasOf(graph, system, day(at)).sort(),
            expected.map((each) => `area ${each}`).sort(),
          );
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('a membership is told in the order of time, cut where its body was replaced', () => {
  const graph = twoSystems(merge);
  assert.deepEqual(
    staysOf(graph, partOf('p1', 'north')).map(({ body: at, from, to }) => ({ at, from, to })),
    [
      { at: 'north', from: null, to: '2026-04-01' },
      { at: 'whole', from: '2026-04-01', to: null },
    ],
  );
});

test('the stays of a membership agree with the body asked for on each day', () => {
  fc.assert(
    fc.property(moves, (list) => {
      const { graph, last, placeNames } = played(list);
      for (const [index, place] of placeNames.entries()) {
        const stays = staysOf(graph, partOf(place, `s${index % 3}`));
        for (let at = 0; at <= last + 1; at++) {
          const then = stays.filter((stay) => holdsOn(stay, day(at))).map((stay) => stay.body);
          assert.deepEqual(
            then,
            bodiesOf(graph, place, day(at)).map((tie) => tie.body),
          );
        }
      }
    }),
    { numRuns: 100 },
  );
});
