import type { Rule } from '../types.ts';
import type { Compiled } from './compiled.ts';
import type { RuleInPack } from './types.ts';
import { minutesADay } from './time.ts';
import type { Scene } from './scene.ts';
import { priceOf } from './price.ts';

/** What may not follow: after `length` days of a class, the next duty must wait `minMinutes` of true time. */
export type Rest = { of: string; length: number; minMinutes: number; mayGoOn: boolean };

type Sequence = { first: number; steps: number[][] };

/**
 * Compiles a rest into sequences of choices that may not be. Each gap is measured in true minutes, so the
 * sequences around a change of the clock differ from those of other days; those that begin before the roster
 * are cut to what is left of them.
 */
export function compileRest(scene: Scene, rule: RuleInPack, rest: Rest, into: Compiled): void {
  const found = new Map<string, { steps: number[][]; starts: number[] }>();
  const furthest = Math.ceil((2 * minutesADay + rest.minMinutes) / minutesADay);
  for (let last = -furthest; last < scene.days - 1; last++) {
    for (const { first, steps } of sequencesAfter(scene, rule, rest, last, furthest)) {
      const key = JSON.stringify(steps);
      const same = found.get(key);
      if (same === undefined) found.set(key, { steps, starts: [first] });
      else same.starts.push(first);
    }
  }
  const weight = priceOf(rule.rule);
  const { id, words } = rule.rule;
  for (const { steps, starts } of found.values()) {
    if (steps.length === 1) {
      for (const day of starts) into.wishes.push({ day, choices: steps[0]!, weight, id, words });
      continue;
    }
    const isEverywhere = starts.length === scene.days - steps.length + 1;
    const pattern: Rule = { id, words, kind: 'pattern', steps, weight };
    into.rules.push(isEverywhere ? pattern : { ...pattern, starts });
  }
}

function sequencesAfter(
  scene: Scene,
  rule: RuleInPack,
  rest: Rest,
  last: number,
  furthest: number,
): Sequence[] {
  const { classes } = rule;
  const ofClass = scene.choicesOf(rest.of, classes);
  const start = last - rest.length + 1;
  for (let day = start; day <= Math.min(last, -1); day++) if (!scene.wasOf(day, rest.of, classes)) return [];
  const before = Array.from({ length: Math.max(0, last - Math.max(0, start)) }, () => ofClass);

  const found: Sequence[] = [];
  for (let next = last + 1; next <= Math.min(last + furthest, scene.days - 1); next++) {
    if (next < 0) {
      if (scene.past(next) !== undefined) return found;
      continue;
    }
    if (!scene.isActive(rule, next)) continue;
    const off = Array.from({ length: next - Math.max(last + 1, 0) }, () => [0]);
    for (const [lasts, tooSoon] of tooSoonAfter(scene, rest, ofClass, last, next)) {
      const steps = [...before, ...(last < 0 ? [] : [lasts]), ...off, tooSoon];
      found.push({ first: Math.max(0, start), steps });
    }
  }
  return found;
}

/**
 * The choices on day `next` that come too soon after a duty on day `last`, for each group of last duties
 * alike.
 */
function tooSoonAfter(
  scene: Scene,
  rest: Rest,
  ofClass: readonly number[],
  last: number,
  next: number,
): [number[], number[]][] {
  const groups = new Map<string, [number[], number[]]>();
  const past = scene.past(last);
  const lasts =
    last < 0
      ? [{ choice: -1, shape: past! }]
      : ofClass.map((choice) => ({ choice, shape: scene.shape(choice) }));
  for (const { choice, shape } of lasts) {
    const { end } = scene.span(last, shape);
    const tooSoon = scene.choices.filter((other) => {
      if (rest.mayGoOn && next === last + 1 && ofClass.includes(other)) return false;
      return scene.span(next, scene.shape(other)).start - end < rest.minMinutes;
    });
    if (tooSoon.length === 0) continue;
    const key = tooSoon.join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [[choice], tooSoon]);
    else group[0].push(choice);
  }
  return [...groups.values()];
}
