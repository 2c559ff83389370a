import type { RuleOf } from '../packs/index.ts';
import type { Compiled } from './compiled.ts';
import { priceOf } from './price.ts';
import type { Scene } from './scene.ts';
import type { RuleInPack } from './types.ts';

type Run = Omit<RuleInPack, 'rule'> & { rule: RuleOf<'longest-run'> | RuleOf<'shortest-run'> };

/** The longest or shortest row of days with duties of a class. A run before the roster goes on into it. */
export function compileRun(scene: Scene, { rule, classes }: Run, into: Compiled): void {
  const { id, words, of } = rule;
  const choices = scene.choicesOf(of, classes);
  const weight = priceOf(rule);
  const active = scene.activeDays({ rule, classes });
  if (!active.includes(true) || choices.length === 0) return;
  let before = 0;
  while (scene.wasOf(-1 - before, of, classes)) before++;

  if (rule.kind === 'shortest-run') {
    if (!active[0]) return;
    const isUnknown = before > 0 ? -before <= scene.knownFrom : scene.knownFrom === 0;
    const limits = { min: rule.min, max: scene.days + before, minWeight: weight, maxWeight: 0 };
    const past = isUnknown ? 'unknown' : before;
    into.rules.push({ id, words, kind: 'run', choices, ...limits, before: past, openEnd: true });
    return;
  }
  if (!active.includes(false)) {
    const limits = { min: 0, max: rule.max, minWeight: 0, maxWeight: weight };
    const past = Math.min(before, rule.max);
    into.rules.push({ id, words, kind: 'run', choices, ...limits, before: past, openEnd: true });
    return;
  }
  for (let last = 0; last < scene.days; last++) {
    if (!active[last]) continue;
    const first = last - rule.max;
    if (first < -before) continue;
    const steps = Array.from({ length: last - Math.max(0, first) + 1 }, () => choices);
    if (steps.length === 1) into.wishes.push({ day: last, choices, weight, id, words });
    else into.rules.push({ id, words, kind: 'pattern', steps, weight, starts: [Math.max(0, first)] });
  }
}
