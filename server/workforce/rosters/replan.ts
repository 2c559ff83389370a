import { modelOf, marginal, priceSurely, Pricer, Standing, windowOf } from './engine/index.ts';
import { shortages } from './engine/index.ts';
import type { Problem, Roster } from './types.ts';

export type Absence = { person: number; from: number; to: number };

export type Replanned = {
  roster: Roster;
  /** Who has other days than before, besides the absent person. */
  moved: { person: number; days: number[] }[];
  isLegal: boolean;
  cost: number;
};

/** What it costs to move a person at all, and each day of them, so that as few as possible move. */
const move = { person: 12, day: 3 };

/**
 * Covers an absence (days `from` to `to`, both counted) with as few people moved as pays: one after the other takes other
 * days within three days of the absence, the best gain first, each keeping all their own rules.
 */
export function replan(problem: Problem, roster: Roster, absence: Absence, mostMoved = 3): Replanned {
  const before = roster.map((days) => days.slice());
  const start = roster.map((days) => days.slice());
  start[absence.person]?.fill(0, absence.from, absence.to + 1);
  const others = problem.people.map((_, person) => person).filter((person) => person !== absence.person);
  const sub = without(problem, start, absence.person);
  const from = Math.max(0, absence.from - 3);
  const to = Math.min(problem.days, absence.to + 4);
  const whole = modelOf(sub, { isWhole: false });
  const rest = others.map((person) => start[person] as Uint8Array);
  const part = windowOf(whole, rest, from, to, false);
  const result = (): Roster => {
    const all = start.map((days) => days.slice());
    others.forEach((person, place) => all[person]?.set(rest[place] as Uint8Array));
    return all;
  };
  if (typeof part !== 'number') {
    const pricer = new Pricer();
    const standing = new Standing(
      part,
      rest.map((days) => days.slice(from, to)),
    );
    const moved = new Set<number>();
    const cells = new Float64Array(part.problem.days * part.choices);
    while (moved.size < mostMoved) {
      let best: { place: number; days: Uint8Array; cost: number; gain: number } | undefined;
      part.people.forEach((person, place) => {
        if (moved.has(place)) return;
        const now = standing.days[place] as Uint8Array;
        const counts = standing.counts.slice();
        now.forEach((choice, day) =>
          person.rows[day * part.choices + choice]?.forEach((row) => (counts[row] = (counts[row] ?? 0) - 1)),
        );
        marginal(part, person, counts, cells);
        let stay = standing.costs[place] ?? 0;
        now.forEach(
          (choice, day) =>
            (stay +=
              (cells[day * part.choices + choice] ?? 0) - (person.cells[day * part.choices + choice] ?? 0)),
        );
        for (let cell = 0; cell < cells.length; cell++)
          if (cell % part.choices !== now[Math.floor(cell / part.choices)])
            cells[cell] = (cells[cell] ?? 0) + move.day;
        const priced = priceSurely(part, person, cells, pricer);
        if (priced === undefined || priced.cost === Infinity) return;
        const gain = stay - priced.cost - move.person;
        if (gain > (best?.gain ?? 1e-6)) best = { place, days: priced.days, cost: priced.cost, gain };
      });
      if (best === undefined) break;
      const { place, days } = best;
      moved.add(place);
      standing.put(place, days, 0);
      rest[place]?.set(days, from);
    }
  }
  const found = result();
  return {
    roster: found,
    moved: others.flatMap((person) => {
      const days = Array.from({ length: problem.days }, (_, day) => day).filter(
        (day) => found[person]?.[day] !== before[person]?.[day],
      );
      return days.length === 0 ? [] : [{ person, days }];
    }),
    isLegal: shortages(problem, found).length === 0,
    cost: new Standing(
      modelOf(sub, { isWhole: false }),
      others.map((person) => found[person] as Uint8Array),
    ).total(),
  };
}

/** The problem of everybody else: what the absent person still works is taken off the demand. */
function without(problem: Problem, roster: Roster, absent: number): Problem {
  const mine = roster[absent];
  return {
    ...problem,
    people: problem.people.filter((_, person) => person !== absent),
    cover: problem.cover.map((row) => {
      const counts = row.people === undefined || row.people.includes(absent);
      const done = counts
        ? row.parts.filter(({ day, choices }) => choices.includes(mine?.[day] ?? 0)).length
        : 0;
      return {
        ...row,
        wanted: row.wanted - done,
        ...(row.people === undefined
          ? {}
          : {
              people: row.people.flatMap((person) =>
                person === absent ? [] : [person > absent ? person - 1 : person],
              ),
            }),
      };
    }),
  };
}
