import type { Cover, Duty, Person, Problem, Rule, Wish } from '../types.ts';
import type { Demand, Nurse, Past, Scenario, Week } from './inrc2-files.ts';
import { paidBefore, totalRules, work, type Totals } from './inrc2-totals.ts';

/** Costs of a unit. Source: Ceschia and others 2015, "The second international nurse rostering competition". */
const weights = { best: 30, shiftRun: 15, run: 30, wish: 10, complete: 30 };

/** A problem of some weeks in a row that begins where `past` ends. Choice 1 + shift * skills + skill is a duty. */
export function weeksProblem(scenario: Scenario, past: Past[], weeks: Week[], totals: Totals): Problem {
  const { shifts, skills } = scenario;
  const days = 7 * weeks.length;
  const duties: Duty[] = [{ id: '', minutes: 0 }];
  for (const shift of shifts)
    for (const skill of skills) duties.push({ id: `${shift.id}/${skill}`, minutes: 480 });
  const choicesOf = (shift: number): number[] => skills.map((_, skill) => 1 + shift * skills.length + skill);
  const people = scenario.nurses.map((nurse, index): Person => {
    const before = past[index] as Past;
    return {
      id: nurse.id,
      wishes: [
        ...cannotWork(nurse, scenario, before, days, choicesOf),
        ...(totals === 'free' ? [] : paidBefore(nurse.contract, before, duties)),
        ...weeks.flatMap(({ wishes }, week) =>
          wishes.flatMap((wish): Wish[] =>
            wish.nurse === index
              ? [
                  {
                    day: 7 * week + wish.day,
                    choices: wish.shift === undefined ? work(duties) : choicesOf(wish.shift),
                    weight: weights.wish,
                    id: 'preference',
                    words: 'asks to be free of this',
                  },
                ]
              : [],
          ),
        ),
      ],
      rules: rulesOf(nurse, scenario, before, days, duties, choicesOf, totals),
    };
  });
  const cover = weeks.flatMap(({ demand }, week) =>
    demand.map((row) => coverOf(row, 7 * week, scenario, 1 + row.shift * skills.length + row.skill)),
  );
  return { name: scenario.name, format: 'inrc2', days, firstWeekday: 0, duties, people, cover };
}

function cannotWork(
  nurse: Nurse,
  { shifts, skills }: Scenario,
  past: Past,
  days: number,
  choicesOf: (shift: number) => number[],
): Wish[] {
  const missing = skills.map((_, skill) => skill).filter((skill) => !nurse.skills.includes(skill));
  const choices = shifts.flatMap((_, shift) => missing.map((skill) => 1 + shift * skills.length + skill));
  const wishes: Wish[] = Array.from({ length: days }, (_, day) => ({
    day,
    choices,
    weight: Infinity,
    id: 'skill',
    words: 'has not this skill',
  }));
  const closed = shifts[past.last]?.notNext.flatMap(choicesOf) ?? [];
  wishes.push({
    day: 0,
    choices: closed,
    weight: Infinity,
    id: 'succession',
    words: 'worked a later shift the day before',
  });
  return wishes.filter((wish) => wish.choices.length > 0);
}

function rulesOf(
  { contract }: Nurse,
  { shifts }: Scenario,
  past: Past,
  days: number,
  duties: Duty[],
  choicesOf: (shift: number) => number[],
  totals: Totals,
): Rule[] {
  const all = work(duties);
  const run = { kind: 'run' as const, openEnd: true };
  const heavy = { minWeight: weights.run, maxWeight: weights.run };
  const rules: Rule[] = [
    {
      ...run,
      ...heavy,
      ...contract.work,
      id: 'work-run',
      words: `works ${contract.work.min} to ${contract.work.max} days in a row`,
      choices: all,
      before: past.worked,
    },
    {
      ...run,
      ...heavy,
      ...contract.free,
      id: 'free-run',
      words: `has ${contract.free.min} to ${contract.free.max} free days in a row`,
      choices: [0],
      before: past.free,
    },
    ...shifts.map((shift, index): Rule => ({
      ...run,
      ...shift.run,
      id: `run-${shift.id}`,
      words: `has ${shift.run.min} to ${shift.run.max} of ${shift.id} in a row`,
      choices: choicesOf(index),
      minWeight: weights.shiftRun,
      maxWeight: weights.shiftRun,
      before: past.last === index ? past.same : 0,
    })),
    ...shifts.flatMap((shift, index): Rule[] =>
      shift.notNext.length === 0
        ? []
        : [
            {
              kind: 'pattern',
              id: `after-${shift.id}`,
              words: `has none of ${shift.notNext.map((next) => shifts[next]?.id).join(', ')} after ${shift.id}`,
              steps: [choicesOf(index), shift.notNext.flatMap(choicesOf)],
              weight: Infinity,
            },
          ],
    ),
  ];
  const weekends = Array.from({ length: days / 7 }, (_, week) => [7 * week + 5, 7 * week + 6]);
  if (contract.isComplete)
    for (const [first, second] of [
      [all, [0]],
      [[0], all],
    ] as const)
      rules.push({
        kind: 'pattern',
        id: 'complete-weekend',
        words: 'works the whole weekend or none of it',
        steps: [[...first], [...second]],
        weight: weights.complete,
        starts: weekends.map(([saturday = 0]) => saturday),
      });
  return totals === 'free'
    ? rules
    : [...rules, ...totalRules(contract, past, { duties, weekends, ...totals })];
}

function coverOf(
  { day, shift, skill, least, best }: Demand,
  from: number,
  { shifts, skills }: Scenario,
  choice: number,
): Cover {
  const name = `${shifts[shift]?.id}/${skills[skill]}`;
  return {
    id: `${from + day}/${name}`,
    words: `${name} on day ${from + day}`,
    parts: [{ day: from + day, choices: [choice] }],
    wanted: best,
    under: [
      { count: best - least, weight: weights.best },
      { count: Infinity, weight: Infinity },
    ].filter(({ count }) => count > 0),
    over: [{ count: Infinity, weight: 0 }],
  };
}

/** What a nurse has done after some more days (choices of `weeksProblem`). */
export function pastAfter(past: Past, days: ArrayLike<number>, skills: number): Past {
  const after = { ...past };
  for (let day = 0; day < days.length; day++) {
    const choice = days[day] ?? 0;
    const shift = choice === 0 ? -1 : Math.floor((choice - 1) / skills);
    after.same = shift >= 0 && shift === after.last ? after.same + 1 : shift >= 0 ? 1 : 0;
    after.worked = shift >= 0 ? after.worked + 1 : 0;
    after.free = shift >= 0 ? 0 : after.free + 1;
    after.shifts += shift >= 0 ? 1 : 0;
    after.last = shift;
    const isWeekend = day % 7 === 5 || (day % 7 === 6 && (days[day - 1] ?? 0) === 0);
    if (isWeekend && shift >= 0) after.weekends += 1;
  }
  return after;
}
