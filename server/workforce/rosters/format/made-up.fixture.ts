import type { Problem } from '../types.ts';
import { evaluate, type Found } from '../rules/index.ts';
import { Chance } from '../ward/random.ts';
import type { RosterFile } from './index.ts';

/** A small problem with something of everything: several rule packs, odd shifts, young people, opt-outs, history, locks. */
export function smallProblem(seed: number): RosterFile {
  const chance = new Chance(seed);
  const from = chance.pick([
    '2026-03-16',
    '2026-03-25',
    '2026-10-12',
    '2026-10-22',
    '2026-06-03',
    '2026-02-28',
    '2019-07-29',
  ]);
  const days = chance.between(7, 28);
  const first = Date.parse(`${from}T00:00:00Z`) / 86_400_000;
  const date = (day: number): string => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);
  const shifts: RosterFile['shifts'] = [
    { id: 'E', name: 'Early', start: '07:00', end: '15:00', breakMinutes: 30 },
    { id: 'L', name: 'Late', start: '13:30', end: '21:30', breakMinutes: chance.pick([10, 30]) },
    { id: 'LD', name: 'Long day', start: '08:00', end: '20:30', breakMinutes: 60, unpaidMinutes: 30 },
    { id: 'T', name: 'Twilight', start: '14:00', end: '00:30', breakMinutes: 60, unpaidMinutes: 0 },
    { id: 'N', name: 'Night', start: '20:00', end: '08:30', breakMinutes: 90, needs: ['iv'] },
  ];
  const ids = shifts.map(({ id }) => id);
  const packs = [
    ['wtr-1998'],
    ['wtr-1998', 'agenda-for-change', 'ward-policy-example'],
    ['wtr-1998', 'resident-doctors-2019'],
    ['resident-doctors-2016', 'resident-doctors-2019', 'agenda-for-change', 'local'],
  ];
  const hours = { underMinutes: 200, overMinutes: 200, weight: 6, mostOverMinutes: 1200 };
  const contracts = packs.map((named, index) => ({
    id: `C${index}`,
    weeklyMinutes: chance.pick([2250, 1800, 1000]),
    packs: named,
    ...(index === 0 ? {} : { hours }),
  }));
  const people = Array.from({ length: chance.between(2, 5) }, (_, index): RosterFile['people'][number] => {
    const worked: NonNullable<RosterFile['people'][number]['worked']> = [];
    const density = chance.pick([0, 0.3, 0.6, 0.95]);
    for (let day = -chance.between(1, 40); day < 0; day++)
      if (chance.happens(density))
        worked.push({ date: date(day), shift: chance.pick(['E', 'LD', 'LD', 'E']) });
    for (let nights = -chance.between(0, 4); nights < 0; nights++)
      if (!worked.some((duty) => duty.date >= date(nights)))
        worked.push({ date: date(nights), start: '20:00', end: '08:00', breakMinutes: 60 });
    const requests = Array.from({ length: chance.between(0, 4) }, () => ({
      date: date(chance.between(-1, days)),
      want: chance.pick(['on', 'off'] as const),
      ...(chance.happens(0.5) ? { shift: chance.pick(ids) } : {}),
      weight: chance.between(1, 9),
    }));
    const leaveFrom = chance.between(-2, days);
    return {
      id: `P${index}`,
      contract: chance.pick(contracts).id,
      tier: chance.pick(['own', 'own', 'bank']),
      band: chance.pick([2, 3, 5, 7]),
      ...(chance.happens(0.2) ? { born: `2008-${chance.pick(['03-28', '02-29', '10-25'])}` } : {}),
      ...(chance.happens(0.3) ? { nightWorker: true } : {}),
      ...(chance.happens(0.2) ? { specialHazards: true } : {}),
      ...(chance.happens(0.3) ? { optOut: { from: date(3) } } : {}),
      competences: chance.happens(0.8) ? [{ id: 'iv', ...(chance.happens(0.3) ? { to: date(5) } : {}) }] : [],
      ...(chance.happens(0.2) ? { onlyShifts: ['E', 'L', 'LD'] } : {}),
      leave: chance.happens(0.4)
        ? [{ from: date(leaveFrom), to: date(leaveFrom + 3), minutesADay: 450 }]
        : [],
      offers: Array.from({ length: days }, (__, day) => ({ date: date(day) })).filter(() =>
        chance.happens(0.7),
      ),
      requests,
      worked,
      memory: {
        nights: chance.between(0, 9),
        weekends: chance.between(0, 9),
        holidays: 1,
        refused: chance.between(0, 5),
      },
    };
  });
  return {
    format: 'openics-roster-1',
    name: 'Small',
    from,
    days,
    pencePerPoint: 250,
    moveWeight: 7,
    holidays: [date(2)],
    competences: [{ id: 'iv', name: 'Intravenous medicines' }],
    rulePacks: [localPack],
    shifts,
    tiers: [
      { id: 'own', kind: 'own', paid: 'by-contract', pencePerHour: 1600 },
      { id: 'bank', kind: 'bank', paid: 'by-hour', pencePerHour: 2100 },
    ],
    contracts,
    people,
    demand: [
      {
        id: 'day',
        name: 'Day',
        start: '07:00',
        end: '20:00',
        wanted: 2,
        weight: 12,
        least: 1,
        leastWeight: 24,
      },
      {
        id: 'night',
        name: 'Night',
        start: '20:00',
        end: '07:30',
        wanted: 1,
        weight: 24,
        overWeight: 6,
        competence: 'iv',
      },
      {
        id: 'nurses',
        name: 'Nurses',
        weekdays: ['sat', 'mon'],
        start: '09:00',
        end: '14:00',
        wanted: 1,
        weight: 18,
        bands: [5, 7],
      },
    ],
    fairness: {
      nights: { expected: 10, weight: 5 },
      weekends: { expected: 6, weight: 4 },
      holidays: { expected: 2, weight: 3 },
      refused: { weight: 2 },
    },
    assignments: people.flatMap(({ id }): NonNullable<RosterFile['assignments']> =>
      chance.happens(0.4)
        ? [{ person: id, date: date(1), shift: chance.pick(['E', null]), status: 'published' }]
        : [],
    ),
  };
}

const local = {
  source: 'An example',
  from: '2020-01-01',
  override: 'manager',
  confirmed: true,
  words: 'An example of a local rule.',
} as const;

/** Soft forms of each kind of rule, some of them in force for only a part of a roster. */
const localPack: NonNullable<RosterFile['rulePacks']>[number] = {
  format: 'openics-rule-pack-1',
  id: 'local',
  name: 'Local',
  source: 'An example',
  classes: { night: { nightMinutes: 180 }, late: { endsAfter: '21:00', not: 'night' } },
  rules: [
    { ...local, id: 'l-turn', kind: 'rest-between', minMinutes: 780, weight: 3 },
    {
      ...local,
      id: 'l-turn-new',
      kind: 'rest-between',
      minMinutes: 900,
      weight: 2,
      from: '2026-03-29',
      to: '2026-10-25',
    },
    { ...local, id: 'l-run', kind: 'longest-run', of: 'any', max: 3, weight: 4, to: '2026-03-30' },
    { ...local, id: 'l-off', kind: 'shortest-run', of: 'off', min: 2, weight: 5 },
    { ...local, id: 'l-late', kind: 'rest-after-run', of: 'late', length: 2, minMinutes: 2000, weight: 6 },
    { ...local, id: 'l-window', kind: 'hours-in-window', windowMinutes: 4300, maxMinutes: 1700, weight: 2 },
    { ...local, id: 'l-week', kind: 'week-hours', maxMinutes: 2000, weight: 3 },
    {
      ...local,
      id: 'l-average',
      kind: 'average-week',
      weeks: 2,
      maxMinutes: 1900,
      optedOut: 2200,
      weight: 2,
    },
    { ...local, id: 'l-rest', kind: 'rest-in-period', days: 7, restMinutes: 2880, times: 1, weight: 8 },
    { ...local, id: 'l-weekend', kind: 'weekends', max: 1, of: 3, fridayNights: true, weight: 9 },
    { ...local, id: 'l-nights', kind: 'most-in-roster', of: 'night', max: 2, weight: 7 },
    { ...local, id: 'l-length', kind: 'shift-length', of: 'any', maxMinutes: 720, weight: 1 },
  ],
};

/** Random cells: what each person does on each day, as indexes into the duties of the problem. */
export function randomChoices(
  seed: number,
  people: number,
  days: number,
  duties: number,
  density: number,
): number[][] {
  const chance = new Chance(seed);
  const row = (): number[] => {
    const cells: number[] = [];
    while (cells.length < days) {
      const choice = chance.happens(density) ? chance.between(1, duties - 1) : 0;
      for (let left = chance.between(1, 3); left > 0 && cells.length < days; left--) cells.push(choice);
    }
    return cells;
  };
  return Array.from({ length: people }, row);
}

/** What a roster costs by the compiled problem: all breaches of people, and the cost of cover. */
export function evaluateAll(problem: Problem, roster: number[][]): { found: Found[][]; cover: number } {
  const found = problem.people.map((person, index) => evaluate(person, roster[index]!));
  let cover = 0;
  for (const row of problem.cover) {
    const counted = row.people ?? roster.map((_, index) => index);
    const here = counted.filter((index) =>
      row.parts.some(({ day, choices }) => choices.includes(roster[index]![day]!)),
    ).length;
    let [missing, over] = [Math.max(0, row.wanted - here), Math.max(0, here - row.wanted)];
    for (const { count, weight } of row.under) {
      cover += Math.min(count, missing) * weight;
      missing -= Math.min(count, missing);
    }
    for (const { count, weight } of row.over) {
      cover += Math.min(count, over) * weight;
      over -= Math.min(count, over);
    }
  }
  return { found, cover };
}
