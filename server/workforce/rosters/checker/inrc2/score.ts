import type { Roster } from '../solution.ts';
import { Tally, type Breach, type Score } from '../types.ts';
import type { Inrc2Problem, Nurse, Span } from './read.ts';

/** A cell of an INRC-II roster: `Early/Nurse`, a shift in a skill. */
type Duty = { shift: string; skill: string };

const dutyIn = (cell: string): Duty | undefined => {
  if (cell === '') return undefined;
  const [shift = '', skill = ''] = cell.split('/');
  return { shift, skill };
};

/** The hard rules of INRC-II: known duties, skills held, forbidden successions, the least cover. */
export function inrc2Breaches(problem: Inrc2Problem, roster: Roster): Breach[] {
  const found: Breach[] = [];
  for (const [person, cells] of roster) {
    const nurse = problem.nurses.get(person)!;
    let before = nurse.history.last;
    for (const [day, cell] of cells.entries()) {
      const duty = dutyIn(cell);
      const say = (rule: string, text: string): void => void found.push({ rule, person, day, text });
      if (duty !== undefined) {
        if (!problem.shifts.has(duty.shift)) say('known-shift', `There is no shift called "${duty.shift}".`);
        if (!problem.skills.has(duty.skill)) say('known-skill', `There is no skill called "${duty.skill}".`);
        else if (!nurse.skills.has(duty.skill)) say('skill', `This person is no ${duty.skill}.`);
        if (before !== undefined && problem.shifts.get(before)?.notNext.has(duty.shift) === true)
          say('succession', `${duty.shift} may not come on the day after ${before}.`);
      }
      before = duty?.shift;
    }
  }
  for (const { day, shift, skill, least } of problem.demands) {
    const here = countOf(roster, day, shift, skill);
    if (here < least)
      found.push({
        rule: 'cover',
        day,
        text: `${here} are on ${shift} as ${skill}; at least ${least} are needed.`,
      });
  }
  return found;
}

/**
 * Costs for each unit. Source: Ceschia and others 2015, "The second international nurse rostering
 * competition", arXiv 1501.04177.
 */
const weights = {
  'optimal-cover': 30,
  'shift-runs': 15,
  'work-runs': 30,
  'free-runs': 30,
  preferences: 10,
  'complete-weekends': 30,
  assignments: 20,
  weekends: 30,
} as const;

/**
 * The objective of INRC-II over all weeks given. Assignments and weekends count when the last week is there.
 */
export function inrc2Score(problem: Inrc2Problem, roster: Roster): Score {
  const tally = new Tally(Object.keys(weights));
  const add = (part: keyof typeof weights, units: number): void => tally.add(part, weights[part] * units);
  for (const { day, shift, skill, best } of problem.demands)
    add('optimal-cover', Math.max(0, best - countOf(roster, day, shift, skill)));
  for (const { nurse, day, shift } of problem.wishes) {
    const duty = dutyIn(roster.get(nurse)![day]!);
    if (duty !== undefined && (shift === undefined || shift === duty.shift)) add('preferences', 1);
  }
  for (const [id, cells] of roster) {
    const nurse = problem.nurses.get(id)!;
    const shifts = cells.map((cell) => dutyIn(cell)?.shift);
    addRuns(add, problem, nurse, shifts);
    addTotals(add, problem, nurse, shifts);
  }
  return tally.score();
}

const countOf = (roster: Roster, day: number, shift: string, skill: string): number =>
  [...roster.values()].filter((cells) => cells[day] === `${shift}/${skill}`).length;

type Add = (part: keyof typeof weights, units: number) => void;

function addRuns(add: Add, problem: Inrc2Problem, nurse: Nurse, shifts: (string | undefined)[]): void {
  const { contract, history } = nurse;
  const worked = shifts.map((shift) => shift !== undefined);
  add('work-runs', runUnits(worked, history.worked, contract.workRun));
  add(
    'free-runs',
    runUnits(
      worked.map((is) => !is),
      history.free,
      contract.freeRun,
    ),
  );
  for (const [id, { run }] of problem.shifts) {
    const before = history.last === id ? history.sameShift : 0;
    add(
      'shift-runs',
      runUnits(
        shifts.map((shift) => shift === id),
        before,
        run,
      ),
    );
  }
}

/**
 * How many days runs lack or have too many. A run goes on from `before` days; days of it before day 0 that
 * were already too many are not counted again; a run that reaches the last day may still grow, so it lacks
 * nothing yet.
 */
function runUnits(holds: boolean[], before: number, { min, max }: Span): number {
  let units = 0;
  let length = before;
  for (const isOn of holds) {
    if (isOn) {
      length++;
      if (length > max) units++;
    } else {
      if (length > 0 && length < min) units += min - length;
      length = 0;
    }
  }
  return units;
}

function addTotals(add: Add, problem: Inrc2Problem, nurse: Nurse, shifts: (string | undefined)[]): void {
  const { contract, history } = nurse;
  let weekends = history.weekends;
  for (let saturday = 5; saturday < shifts.length; saturday += 7) {
    const days = [shifts[saturday], shifts[saturday + 1]].filter((shift) => shift !== undefined).length;
    if (days > 0) weekends++;
    if (days === 1 && contract.completeWeekends) add('complete-weekends', 1);
  }
  if (!problem.isWhole) return;
  const assignments = history.assignments + shifts.filter((shift) => shift !== undefined).length;
  const { min, max } = contract.assignments;
  add('assignments', Math.max(0, min - assignments) + Math.max(0, assignments - max));
  add('weekends', Math.max(0, weekends - contract.maxWeekends));
}
