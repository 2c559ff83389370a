import type { RuleOf } from '../packs/index.ts';
import type { Compiled } from './compiled.ts';
import { layeredAutomaton } from './layered.ts';
import { priceOf } from './price.ts';
import type { Scene } from './scene.ts';
import { minutesADay, weekdayOf } from './time.ts';
import type { RuleInPack } from './types.ts';

const saturday = 5;
const friday = 4;

type WeekendRule = RuleInPack & { rule: RuleOf<'weekends'> };

/** Worked weekends in any so many in a row, those before the roster among them. */
export function compileWeekends(scene: Scene, rule: WeekendRule, into: Compiled): void {
  const first = (saturday - weekdayOf(scene.firstDay) + 7) % 7;
  for (let last = first === 6 ? -1 : first; last < scene.days; last += 7) {
    const judged = Math.min(last + 1, scene.days - 1);
    if (scene.isActive(rule, judged)) compileFor(scene, rule, last, into);
  }
}

/** The window of weekends that ends with the one whose Saturday is `last`. */
function compileFor(scene: Scene, { rule }: WeekendRule, last: number, into: Compiled): void {
  const { id, words, max, of, fridayNights } = rule;
  const weight = priceOf(rule);
  const open: number[] = [];
  let before = 0;
  for (let day = last - 7 * (of - 1); day <= last; day += 7) {
    if (wasWorked(scene, day, fridayNights)) before++;
    else if (day + 1 >= 0) open.push(day);
  }
  const start = Math.min(before, max);
  if (start + open.length <= max) return;

  const overMidnight = scene.choices.filter((choice) => scene.shape(choice).end > minutesADay);
  if (!fridayNights || overMidnight.length === 0) {
    const blocks = open.map((day) => [day, day + 1].filter((each) => each >= 0 && each < scene.days));
    const choices = [...scene.choices];
    const limits = { start, min: 0, max, minWeight: 0, maxWeight: weight };
    into.rules.push({ id, words, kind: 'blocks', blocks, choices, ...limits });
    return;
  }
  const isOpen = new Set(open);
  const automaton = layeredAutomaton(scene.days, scene.choices.length + 1, {
    start: `${start}`,
    move(day, state, choice) {
      const weekday = weekdayOf(scene.firstDay + day);
      const its = day + saturday - weekday;
      const was = weekday === friday ? state.replace('w', '') : state;
      const counts = weekday === friday ? overMidnight.includes(choice) : weekday > friday && choice !== 0;
      if (!isOpen.has(its) || !counts || was.endsWith('w')) return { state: was, cost: 0 };
      const worked = Number(was) + 1;
      return { state: `${Math.min(worked, max)}w`, cost: worked > max ? weight : 0 };
    },
  });
  if (automaton !== undefined) into.rules.push({ id, words, ...automaton });
}

/** Whether what was worked before the roster already makes a weekend a worked one. */
function wasWorked(scene: Scene, day: number, fridayNights: boolean): boolean {
  if (scene.past(day) !== undefined || scene.past(day + 1) !== undefined) return true;
  return fridayNights && (scene.past(day - 1)?.end ?? 0) > minutesADay;
}
