import { canBeLocked } from './locks.ts';
import type { PersonInFile, RosterFile } from '../format/index.ts';
import { dateOf, dayNumber, weekdayOf } from '../rules/index.ts';
import { demandFor } from './demand.ts';
import { Chance } from './random.ts';
import { competences, contracts, holidays, shifts, tiers } from './setup.ts';
import { offeringPerson, ownPerson } from './staff.ts';

export { Chance } from './random.ts';

export type WardOptions = {
  staff: number;
  weeks: number;
  seed: number;
  /** A Monday; the last Sunday of March lies in its four weeks by default. */
  from?: string;
};

/**
 * Makes up a ward in our own format: bands, part-timers, leave, requests, nights, competences, bank and
 * agency, 17 weeks of history, United Kingdom rule packs. The same options make the same ward.
 */
export function makeWard({ staff, weeks, seed, from = '2026-03-02' }: WardOptions): RosterFile {
  const chance = new Chance(seed * 7919 + staff * 31 + weeks);
  const firstDay = dayNumber(from)!;
  const frame = { firstDay, days: 7 * weeks };
  const agency = Math.floor(staff * 0.04);
  const bank = Math.floor(staff * 0.08);
  const own = staff - bank - agency;
  const people: PersonInFile[] = [
    ...Array.from({ length: own }, (_, index) =>
      ownPerson(chance, `P${String(index + 1).padStart(3, '0')}`, (100 * (index + 0.5)) / own, frame),
    ),
    ...Array.from({ length: bank }, (_, index) => offeringPerson(chance, `B${index + 1}`, 'bank', frame)),
    ...Array.from({ length: agency }, (_, index) => offeringPerson(chance, `A${index + 1}`, 'agency', frame)),
  ];
  const demand = demandFor(people, frame.days);
  return {
    format: 'openics-roster-1',
    name: `Made-up ward of ${staff}, ${weeks} weeks, seed ${seed}`,
    note: 'Everybody in it is made up.',
    from,
    days: frame.days,
    pencePerPoint: 500,
    moveWeight: 15,
    holidays,
    competences,
    shifts,
    tiers,
    contracts,
    people,
    demand,
    fairness: {
      nights: { expected: asked(demand, frame, 'night', false), weight: 6 },
      weekends: { expected: Math.round(asked(demand, frame, '', true) / 1.7), weight: 8 },
      refused: { weight: 1 },
    },
    assignments: locksFor(chance, people, frame),
  };
}

/** A ward as the text of a file: a line for each person and each row of demand. */
export function wardText(file: RosterFile): string {
  const members = Object.entries(file).map(([key, value]) => {
    const isLong = Array.isArray(value) && value.some((each) => typeof each === 'object');
    const text = isLong
      ? `[\n${value.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]`
      : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${members.join(',\n')}\n}\n`;
}

/**
 * How many duties the demand for nurses and support workers asks for over the roster, by night or at weekends.
 */
function asked(
  demand: RosterFile['demand'],
  frame: { firstDay: number; days: number },
  part: string,
  atWeekend: boolean,
): number {
  let sum = 0;
  for (let day = 0; day < frame.days; day++) {
    const isWeekend = weekdayOf(frame.firstDay + day) >= 5;
    for (const { id, bands, wanted } of demand) {
      const holds = id.endsWith(isWeekend ? '-weekend' : '-week') && id.includes(part);
      if (bands !== undefined && holds && (!atWeekend || isWeekend)) sum += wanted;
    }
  }
  return sum;
}

/** A few locked days off and long days, in the second week where there is one, for people whom nothing else binds then. */
function locksFor(
  chance: Chance,
  people: readonly PersonInFile[],
  { firstDay, days }: { firstDay: number; days: number },
): NonNullable<RosterFile['assignments']> {
  if (days < 14) return [];
  const wednesday = dateOf(firstDay + 9);
  const free = people.filter((person) => canBeLocked(person, dateOf(firstDay + 7), dateOf(firstDay + 14)));
  const count = Math.min(8, Math.floor(free.length / 8));
  const chosen = new Set<PersonInFile>();
  while (chosen.size < count) chosen.add(chance.pick(free));
  return [...chosen].map((person, index) => ({
    person: person.id,
    date: wednesday,
    shift: index % 2 === 0 ? 'LD' : null,
    status: 'locked',
  }));
}
