import type { CountRule, WindowRule } from '../types.ts';
import { workedMinutes, presentMinutes } from './duties.ts';
import type { Compiled } from './compiled.ts';
import { commonDivisor } from './price.ts';
import type { Scene } from './scene.ts';

/** How much each choice counts on each day, in minutes. */
export type AmountsByDay = number[][];

/** Working time of each choice on each day of the roster. */
export const workedAmounts = (scene: Scene): AmountsByDay =>
  Array.from({ length: scene.days }, (_, day) => [
    0,
    ...scene.choices.map((choice) => workedMinutes(scene.firstDay + day, scene.shape(choice))),
  ]);

/** Working time before the roster, on days `from` (below 0) to -1. */
export function workedBefore(scene: Scene, from: number): number {
  let sum = 0;
  for (const [day, shape] of scene.worked)
    if (day >= from && day < 0) sum += workedMinutes(scene.firstDay + day, shape);
  return sum;
}

export type Limits = { start: number; min: number; max: number; minPerHour: number; maxPerHour: number };

/**
 * A limit on minutes over days `from` to `to`, in the largest unit that counts all of them exactly; undefined
 * when no roster can break it. Prices are for each hour. What was already too much before the roster is not
 * held against it: then it may add nothing. Where a limit must hold, it may be rounded to the unit; where it
 * has a price, it is counted exactly.
 */
export function minutesRule(
  amountsByDay: AmountsByDay,
  from: number,
  to: number,
  { start, min, max, minPerHour, maxPerHour }: Limits,
): CountRule | undefined {
  const days = amountsByDay.slice(from, to + 1);
  const most = days.reduce((sum, amounts) => sum + Math.max(...amounts), 0);
  const [lower, upper] = [min - start, Math.max(0, max - start)];
  if (most <= upper && lower <= 0) return undefined;
  const exact = [
    ...(hasPrice(minPerHour, lower) ? [lower] : []),
    ...(hasPrice(maxPerHour, upper) ? [upper] : []),
  ];
  const unit = commonDivisor([...days.flat(), ...exact]);
  const usual = usualAmounts(days);
  const perUnit = (perHour: number): number => (perHour * unit) / 60;
  const scaled = (amounts: number[]): number[] => amounts.map((minutes) => minutes / unit);
  const odd = days.flatMap((amounts, index) =>
    amounts.join() === usual.join() ? [] : [{ day: from + index, amounts: scaled(amounts) }],
  );
  return {
    kind: 'count',
    amounts: scaled(usual),
    from,
    to,
    start: 0,
    min: Math.ceil(lower / unit),
    max: Math.floor(upper / unit),
    minWeight: perUnit(minPerHour),
    maxWeight: perUnit(maxPerHour),
    ...(odd.length === 0 ? {} : { onDay: odd }),
  };
}

const hasPrice = (perHour: number, limit: number): boolean =>
  Number.isFinite(perHour) && Number.isFinite(limit);

function usualAmounts(days: AmountsByDay): number[] {
  const counts = new Map<string, { amounts: number[]; count: number }>();
  for (const amounts of days) {
    const entry = counts.get(amounts.join()) ?? { amounts, count: 0 };
    entry.count++;
    counts.set(amounts.join(), entry);
  }
  return [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a)).amounts;
}

export type Window = {
  id: string;
  words: string;
  windowMinutes: number;
  maxMinutes: number;
  perHour: number;
};

/**
 * Presence in any window of true minutes. The fullest window starts with a duty, so those are the ones looked
 * at.
 */
export function compileWindow(
  scene: Scene,
  window: Window,
  isActive: (day: number) => boolean,
  into: Compiled,
): void {
  const { id, words, windowMinutes, maxMinutes, perHour } = window;
  const length = Math.ceil(windowMinutes / 1440) + 1;
  const overlap = (begin: number, day: number, choice: number): number => {
    const { start, end } = scene.span(day, scene.shape(choice));
    return Math.max(0, Math.min(end, begin + windowMinutes) - Math.max(start, begin));
  };

  const byTable = new Map<string, { table: number[][][]; anchors: number[] }>();
  for (let anchor = 0; anchor < scene.days; anchor++) {
    if (!isActive(anchor)) continue;
    const table = [0, ...scene.choices].map((first) =>
      Array.from({ length }, (_, later) =>
        [0, ...scene.choices].map((choice) => {
          if (first === 0 || choice === 0) return 0;
          if (later === 0)
            return choice === first ? presentMinutes(scene.firstDay + anchor, scene.shape(first)) : 0;
          return overlap(scene.span(anchor, scene.shape(first)).start, anchor + later, choice);
        }),
      ),
    );
    const key = JSON.stringify(table);
    const same = byTable.get(key);
    if (same === undefined) byTable.set(key, { table, anchors: [anchor] });
    else same.anchors.push(anchor);
  }
  for (const { table, anchors } of byTable.values()) {
    const rule = windowRule(table, length, maxMinutes, perHour);
    if (rule !== undefined)
      into.rules.push({ id, words, ...rule, ...(anchors.length === scene.days ? {} : { anchors }) });
  }

  for (const [day, shape] of scene.worked) {
    const begin = scene.span(day, shape).start;
    const reach = Math.min(day + length - 1, scene.days - 1);
    if (reach < 0 || !isActive(day)) continue;
    let start = 0;
    for (const [other, otherShape] of scene.worked) {
      const span = scene.span(other, otherShape);
      if (other >= day) start += Math.max(0, Math.min(span.end, begin + windowMinutes) - span.start);
    }
    const amounts = Array.from({ length: reach + 1 }, (_, later) => [
      0,
      ...scene.choices.map((choice) => overlap(begin, later, choice)),
    ]);
    const limits = { start, min: -Infinity, max: maxMinutes, minPerHour: 0, maxPerHour: perHour };
    const rule = minutesRule(amounts, 0, reach, limits);
    if (rule !== undefined) into.rules.push({ id, words, ...rule });
  }
}

function windowRule(
  table: number[][][],
  length: number,
  maxMinutes: number,
  perHour: number,
): WindowRule | undefined {
  const most = Math.max(...table.map((days) => days.reduce((sum, day) => sum + Math.max(...day), 0)));
  if (most <= maxMinutes) return undefined;
  const unit = commonDivisor([...table.flat(2), ...(Number.isFinite(perHour) ? [maxMinutes] : [])]);
  return {
    kind: 'window',
    length,
    amounts: table.map((days) => days.map((day) => day.map((minutes) => minutes / unit))),
    max: Math.floor(maxMinutes / unit),
    weight: (perHour * unit) / 60,
  };
}
