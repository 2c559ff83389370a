import { runsOf } from '../runs.ts';
import type { Roster } from '../solution.ts';
import { Tally, type Breach, type Score } from '../types.ts';
import type { Contract, Inrc1Problem, Pattern, Term } from './read.ts';

/** The hard rules of INRC-I: known shifts, and exactly the people wanted in each shift of each day. */
export function inrc1Breaches(problem: Inrc1Problem, roster: Roster): Breach[] {
  const found: Breach[] = [];
  for (const [person, cells] of roster)
    for (const [day, shift] of cells.entries())
      if (shift !== '' && !problem.shifts.has(shift))
        found.push({ rule: 'known-shift', person, day, text: `There is no shift called "${shift}".` });
  for (let day = 0; day < problem.days; day++) {
    for (const shift of problem.shifts.keys()) {
      const wanted = problem.cover[day]!.get(shift) ?? 0;
      const here = [...roster.values()].filter((cells) => cells[day] === shift).length;
      if (here !== wanted)
        found.push({
          rule: 'cover',
          day,
          text: `${here} people are on ${shift}; exactly ${wanted} are wanted.`,
        });
    }
  }
  return found;
}

const parts = [
  'assignments',
  'work-runs',
  'free-runs',
  'weekend-runs',
  'complete-weekends',
  'same-shift-in-weekend',
  'two-free-days-after-nights',
  'skills',
  'patterns',
  'requests',
];

/**
 * The objective of INRC-I. Runs at the ends of the period count as they stand, except that one free day after
 * a night may go on after it. Source: Haspeslagh and others 2014, "The first international nurse rostering
 * competition 2010", and the model of Lü and Hao 2012, which the published scores follow: there, nights before
 * free weekends and weekends in four weeks cost nothing.
 */
export function inrc1Score(problem: Inrc1Problem, roster: Roster): Score {
  const tally = new Tally(parts);
  for (const [id, cells] of roster) {
    const { contract, skills } = problem.employees.get(id)!;
    scoreRuns(tally, problem, contract, cells);
    scoreWeekends(tally, problem, contract, cells);
    for (const pattern of contract.patterns)
      tally.add('patterns', pattern.weight * matches(pattern, problem, cells));
    for (const shift of cells)
      if ([...(problem.shifts.get(shift) ?? [])].some((skill) => !skills.has(skill)))
        tally.add('skills', contract.switches.skill);
  }
  const at = (employee: string, day: number): string => roster.get(employee)?.[day] ?? '';
  for (const { employee, day, weight } of problem.dayOn)
    if (at(employee, day) === '') tally.add('requests', weight);
  for (const { employee, day, weight } of problem.dayOff)
    if (at(employee, day) !== '') tally.add('requests', weight);
  for (const { employee, day, shift, weight } of problem.shiftOn)
    if (at(employee, day) !== shift) tally.add('requests', weight);
  for (const { employee, day, shift, weight } of problem.shiftOff)
    if (at(employee, day) === shift) tally.add('requests', weight);
  return tally.score();
}

const over = ({ weight, limit }: Term, count: number): number => weight * Math.max(0, count - limit);
const under = ({ weight, limit }: Term, count: number): number => weight * Math.max(0, limit - count);

function scoreRuns(
  tally: Tally,
  problem: Inrc1Problem,
  { terms, switches }: Contract,
  cells: string[],
): void {
  const worked = cells.filter((shift) => shift !== '').length;
  tally.add('assignments', over(terms.maxAssignments, worked) + under(terms.minAssignments, worked));
  for (const { holds, length, from, to } of runsOf(problem.days, (day) => cells[day] !== '')) {
    if (holds) tally.add('work-runs', over(terms.maxWorkRun, length) + under(terms.minWorkRun, length));
    else {
      tally.add('free-runs', over(terms.maxFreeRun, length) + under(terms.minFreeRun, length));
      const isAfterNight = from > 0 && cells[from - 1] === 'N';
      if (isAfterNight && length < 2 && to < problem.days)
        tally.add('two-free-days-after-nights', switches.twoFreeDaysAfterNights);
    }
  }
}

const isWorked = (days: string[]): boolean => days.some((shift) => shift !== '');

function scoreWeekends(tally: Tally, problem: Inrc1Problem, contract: Contract, cells: string[]): void {
  const { terms, switches, weekend } = contract;
  const weekends: string[][] = [];
  for (let day = 0; day < problem.days; day++)
    if ((day + problem.firstWeekday) % 7 === weekend[0])
      weekends.push(cells.slice(day, day + weekend.length));

  for (const { holds, length } of runsOf(weekends.length, (index) => isWorked(weekends[index]!)))
    if (holds)
      tally.add('weekend-runs', over(terms.maxWeekendRun, length) + under(terms.minWeekendRun, length));
  for (const days of weekends) {
    tally.add('complete-weekends', switches.completeWeekends * incompleteness(days));
    tally.add('same-shift-in-weekend', switches.sameShiftInWeekend * differences(days));
  }
}

/**
 * How far a weekend is from being all worked or all free. Two days: 1 when one is worked. Three days: 4 when
 * only the middle is free, 2 when one is worked, 1 when a day at its end is free.
 */
function incompleteness(days: string[]): number {
  const worked = days.filter((shift) => shift !== '').length;
  if (worked === 0 || worked === days.length) return 0;
  const hasHole = days.length === 3 && worked === 2 && days[1] === '';
  return hasHole ? 4 : days.length - worked;
}

/** In a weekend that is all worked: for each kind of shift in it, the days that have another. */
function differences(days: string[]): number {
  if (days.includes('')) return 0;
  return [...new Set(days)].reduce((sum, kind) => sum + days.filter((shift) => shift !== kind).length, 0);
}

function matches(pattern: Pattern, problem: Inrc1Problem, cells: string[]): number {
  let count = 0;
  for (let start = 0; start + pattern.entries.length <= problem.days; start++) {
    const isItsWeekday =
      pattern.weekday === undefined || (start + problem.firstWeekday) % 7 === pattern.weekday;
    const fits = pattern.entries.every((entry, index) => {
      const shift = cells[start + index]!;
      return entry === 'Any' ? shift !== '' : entry === 'None' ? shift === '' : shift === entry;
    });
    if (isItsWeekday && fits) count++;
  }
  return count;
}
