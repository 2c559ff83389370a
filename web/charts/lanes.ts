/** Where the marks of a timeline stand. Pure. */
import { scaleTime } from 'd3-scale';
import type { Happening, Kind } from '../api/record.ts';

/** Three shapes, so that kinds are told apart without colour. */
export type Shape = 'tick' | 'square' | 'dot';

export const shapeOf = (kind: Kind): Shape => {
  if (kind === 'encounter') return 'tick';
  return kind === 'procedure' ? 'square' : 'dot';
};

export type Lane = { source: string; count: number; marks: Record<Shape, number[]> };

/** The span of a timeline: one year, or from the first year to the end of the last. */
export function spanOf(years: number[], year?: number): { from: Date; to: Date } {
  const first = year ?? Math.min(...years);
  const last = year ?? Math.max(...years);
  return { from: new Date(Date.UTC(first, 0, 1)), to: new Date(Date.UTC(last + 1, 0, 1)) };
}

/** One lane for each source in the order given, with the places of its marks from 0 to `width`. */
export function layLanes(
  happenings: Happening[],
  lanes: { source: string; count: number }[],
  span: { from: Date; to: Date },
  width: number,
): Lane[] {
  const x = scaleTime().domain([span.from, span.to]).range([0, width]).clamp(true);
  const laid = new Map(
    lanes.map((lane) => [
      lane.source,
      { ...lane, marks: { tick: [], square: [], dot: [] } as Lane['marks'] },
    ]),
  );
  for (const { kind, when, sources } of happenings) {
    const at = Date.parse(when);
    if (Number.isNaN(at)) continue;
    for (const source of sources) laid.get(source)?.marks[shapeOf(kind)].push(Math.round(x(at)));
  }
  for (const { marks } of laid.values())
    for (const shape of ['tick', 'square', 'dot'] as const) marks[shape] = [...new Set(marks[shape])];
  return [...laid.values()];
}

export type YearSpan = { from: number; to: number; count: number };

/** Each year by itself, but two or more empty years in a row as one span. */
export function spansOf(years: { year: number; count: number }[]): YearSpan[] {
  const spans: YearSpan[] = [];
  for (const { year, count } of years) {
    const last = spans.at(-1);
    if (count === 0 && last?.count === 0) last.to = year;
    else spans.push({ from: year, to: year, count });
  }
  return spans;
}
