import { runsOf } from '../runs.ts';
import type { Roster } from '../solution.ts';
import { Tally, type Breach, type Score } from '../types.ts';
import type { CurtoisProblem, Person } from './read.ts';

/** Everything a roster breaks of the hard rules of Curtois and Qu. */
export function curtoisBreaches(problem: CurtoisProblem, roster: Roster): Breach[] {
  return [...roster].flatMap(([id, cells]) => personBreaches(problem, problem.people.get(id)!, cells));
}

function personBreaches(problem: CurtoisProblem, person: Person, cells: string[]): Breach[] {
  const found: Breach[] = [];
  const say = (rule: string, text: string, day?: number): void => {
    found.push({ rule, person: person.id, ...(day === undefined ? {} : { day }), text });
  };
  const known = cells.map((id, day) => {
    const shift = problem.shifts.get(id);
    if (id !== '' && shift === undefined) say('known-shift', `There is no shift called "${id}".`, day);
    return shift;
  });

  for (const [day, shift] of known.entries()) {
    const before = known[day - 1];
    if (shift === undefined) continue;
    if (before?.notNext.has(shift.id) === true)
      say('succession', `${shift.id} may not come on the day after ${before.id}.`, day);
    if (person.daysOff.has(day)) say('day-off', `${shift.id} is on a day that must be off.`, day);
  }

  for (const shift of problem.shifts.values()) {
    const most = person.maxOf.get(shift.id) ?? problem.days;
    const count = known.filter((each) => each === shift).length;
    if (count > most) say('max-shifts', `${count} shifts ${shift.id}; at most ${most} are allowed.`);
  }

  const minutes = known.reduce((sum, shift) => sum + (shift?.minutes ?? 0), 0);
  if (minutes > person.maxMinutes)
    say('max-minutes', `${minutes} minutes; at most ${person.maxMinutes} are allowed.`);
  if (minutes < person.minMinutes)
    say('min-minutes', `${minutes} minutes; at least ${person.minMinutes} are needed.`);

  for (const run of runsOf(problem.days, (day) => known[day] !== undefined)) {
    const touchesAnEnd = run.from === 0 || run.to === problem.days;
    if (run.holds && run.length > person.maxRun)
      say('max-run', `${run.length} shifts in a row; at most ${person.maxRun} are allowed.`, run.from);
    if (run.holds && run.length < person.minRun && !touchesAnEnd)
      say('min-run', `${run.length} shifts in a row; at least ${person.minRun} are needed.`, run.from);
    if (!run.holds && run.length < person.minDaysOff && !touchesAnEnd)
      say(
        'min-days-off',
        `${run.length} days off in a row; at least ${person.minDaysOff} are needed.`,
        run.from,
      );
  }

  let weekends = 0;
  for (let saturday = 5; saturday < problem.days; saturday += 7)
    if (known[saturday] !== undefined || known[saturday + 1] !== undefined) weekends++;
  if (weekends > person.maxWeekends)
    say('max-weekends', `${weekends} weekends; at most ${person.maxWeekends} are allowed.`);
  return found;
}

/** The objective of Curtois and Qu: refused requests, and people missing or over in each shift of each day. */
export function curtoisScore(problem: CurtoisProblem, roster: Roster): Score {
  const tally = new Tally(['on-requests', 'off-requests', 'under-cover', 'over-cover']);
  const at = (person: string, day: number): string => roster.get(person)?.[day] ?? '';
  for (const { person, day, shift, weight } of problem.on)
    if (at(person, day) !== shift) tally.add('on-requests', weight);
  for (const { person, day, shift, weight } of problem.off)
    if (at(person, day) === shift) tally.add('off-requests', weight);
  for (const { day, shift, wanted, underWeight, overWeight } of problem.cover) {
    const here = [...roster.values()].filter((cells) => cells[day] === shift).length;
    tally.add('under-cover', Math.max(0, wanted - here) * underWeight);
    tally.add('over-cover', Math.max(0, here - wanted) * overWeight);
  }
  return tally.score();
}
