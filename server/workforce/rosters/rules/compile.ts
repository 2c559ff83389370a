import type { Rule as PackRule } from '../packs/index.ts';
import { minutesBetween, presentMinutes, isOfClass } from './duties.ts';
import type { Compiled } from './compiled.ts';
import { compileWindow, minutesRule, workedAmounts, workedBefore } from './minutes.ts';
import { compileRest } from './patterns.ts';
import { priceOf } from './price.ts';
import { compileRestInPeriod } from './rests.ts';
import { compileRun } from './runs.ts';
import { Scene } from './scene.ts';
import { clockMinutes, weekdayOf } from './time.ts';
import type { RuleInPack, Setting, Worker } from './types.ts';
import { compileWeekends } from './weekends.ts';

/**
 * Compiles rules for one person over the days of a roster, in true minutes and with what was worked before.
 * What comes out serves to make rosters, to check an edit and to say why something may not be. A rule counts
 * where it is in force and meant for this person: for a single duty on its day, for duties in a row on the day
 * of the last, for a period on its last day, for a window on the day it starts. Prices per breach; for limits
 * on minutes, per hour.
 */
export function compileRules(setting: Setting, worker: Worker, rules: readonly RuleInPack[]): Compiled {
  const scene = new Scene(setting, worker);
  const compiled: Compiled = { wishes: [], rules: [] };
  for (const rule of rules) compileOne(scene, rule, compiled);
  return compiled;
}

function compileOne(scene: Scene, inPack: RuleInPack, into: Compiled): void {
  const { rule, classes } = inPack;
  switch (rule.kind) {
    case 'rest-between':
      return compileRest(
        scene,
        inPack,
        { of: 'any', length: 1, mayGoOn: false, minMinutes: rule.minMinutes },
        into,
      );
    case 'rest-after-run':
      return compileRest(scene, inPack, { ...rule, mayGoOn: true }, into);
    case 'longest-run':
    case 'shortest-run':
      return compileRun(scene, { rule, classes }, into);
    case 'rest-in-period':
      return compileRestInPeriod(scene, { rule, classes }, into);
    case 'weekends':
      return compileWeekends(scene, { rule, classes }, into);
    case 'average-week':
      return compileAverage(scene, inPack, into);
    case 'week-hours':
      return compileWeeks(scene, inPack, into);
    case 'hours-in-window': {
      const { id, words, windowMinutes, maxMinutes } = rule;
      const window = { id, words, windowMinutes, maxMinutes, perHour: priceOf(rule) };
      return compileWindow(scene, window, (day) => scene.isActive(inPack, day), into);
    }
    case 'most-in-roster': {
      if (!scene.isActive(inPack, scene.days - 1)) return undefined;
      const counted = scene.choicesOf(rule.of, classes);
      const amounts = [0, ...scene.choices].map((choice) => (counted.includes(choice) ? 1 : 0));
      const { id, words, max } = rule;
      const to = scene.days - 1;
      const limits = { start: 0, min: 0, max, minWeight: 0, maxWeight: priceOf(rule) };
      into.rules.push({ id, words, kind: 'count', amounts, from: 0, to, ...limits });
      return undefined;
    }
    case 'shift-length':
    case 'no-work-between':
    case 'breaks':
      return compileSingleDuties(scene, inPack, into);
    case 'full-time-week':
    case 'enhancement':
    case 'notice':
    case 'paid-leave':
    case 'overtime':
    case 'compensatory-rest':
    case 'on-call-rest':
      return undefined;
  }
}

function compileSingleDuties(scene: Scene, inPack: RuleInPack, into: Compiled): void {
  const { id, words } = inPack.rule;
  for (let day = 0; day < scene.days; day++) {
    if (!scene.isActive(inPack, day)) continue;
    const choices = scene.choices.filter((choice) => breaksAlone(scene, inPack, day, choice));
    if (choices.length > 0) into.wishes.push({ day, choices, weight: priceOf(inPack.rule), id, words });
  }
}

function breaksAlone(scene: Scene, { rule, classes }: RuleInPack, day: number, choice: number): boolean {
  const shape = scene.shape(choice);
  if (rule.kind === 'shift-length')
    return (
      isOfClass(shape, rule.of, classes) && presentMinutes(scene.firstDay + day, shape) > rule.maxMinutes
    );
  if (rule.kind === 'no-work-between')
    return minutesBetween(shape, clockMinutes(rule.start), clockMinutes(rule.end)) > 0;
  return rule.kind === 'breaks' && shape.breakMinutes < breaksOwed(rule, shape, classes);
}

type Breaks = Extract<PackRule, { kind: 'breaks' }>;

/** The minutes of break a duty owes under a rule, by its planned length. */
export function breaksOwed(
  rule: Breaks,
  shape: Parameters<typeof isOfClass>[0],
  classes: RuleInPack['classes'],
): number {
  const owed = rule.steps
    .filter(
      ({ overMinutes, of }) =>
        shape.end - shape.start > overMinutes && isOfClass(shape, of ?? 'any', classes),
    )
    .map(({ breakMinutes }) => breakMinutes);
  return Math.max(0, ...owed);
}

function compileAverage(scene: Scene, inPack: RuleInPack, into: Compiled): void {
  const { rule } = inPack;
  if (rule.kind !== 'average-week') return;
  const amounts = workedAmounts(scene);
  const most = scene.worker.mostMinutes ?? Number.POSITIVE_INFINITY;
  const { id, words } = rule;
  for (let last = 0; last < scene.days; last++) {
    if (!scene.isActive(inPack, last)) continue;
    const aWeek = hasOptedOut(scene, last) ? (rule.optedOut ?? rule.maxMinutes) : rule.maxMinutes;
    if (aWeek === 'no-limit') continue;
    const first = last - 7 * rule.weeks + 1;
    const start = workedBefore(scene, first);
    const max = aWeek * rule.weeks;
    if (rule.weight === 'must' && start + most <= max) continue;
    const limits = { start, min: -Infinity, max, minPerHour: 0, maxPerHour: priceOf(rule) };
    const limit = minutesRule(amounts, Math.max(0, first), last, limits);
    if (limit !== undefined) into.rules.push({ id, words, ...limit });
  }
}

function hasOptedOut(scene: Scene, day: number): boolean {
  const { optOut } = scene.worker;
  const date = scene.dateOf(day);
  return optOut !== undefined && optOut.from <= date && (optOut.to === undefined || date < optOut.to);
}

function compileWeeks(scene: Scene, inPack: RuleInPack, into: Compiled): void {
  const { rule } = inPack;
  if (rule.kind !== 'week-hours') return;
  const amounts = workedAmounts(scene);
  const { id, words, maxMinutes: max } = rule;
  for (let monday = -weekdayOf(scene.firstDay); monday < scene.days; monday += 7) {
    const last = Math.min(monday + 6, scene.days - 1);
    if (!scene.isActive(inPack, last)) continue;
    const limits = {
      start: workedBefore(scene, monday),
      min: -Infinity,
      max,
      minPerHour: 0,
      maxPerHour: priceOf(rule),
    };
    const limit = minutesRule(amounts, Math.max(0, monday), last, limits);
    if (limit !== undefined) into.rules.push({ id, words, ...limit });
  }
}
