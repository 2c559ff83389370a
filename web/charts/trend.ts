/** Where the points of a trend stand. Pure. */
import { scaleLinear, scaleTime } from 'd3-scale';
import type { Entry } from '../api/record.ts';

export type Point = { at: number; value: number };

/** One line of a chart: the values of a test, or of one of its parts. */
export type Line = { title: string; unit?: string; points: Point[] };

/** The lines in a series of results of one test, oldest point first. Values that are no numbers, or have no date, are left out. */
export function linesOf(entries: Entry[]): Line[] {
  const lines = new Map<string, Line>();
  const add = (title: string, unit: string | undefined, at: number, value: number) => {
    const key = `${title} ${unit ?? ''}`;
    const line = lines.get(key) ?? { title, ...(unit === undefined ? {} : { unit }), points: [] };
    line.points.push({ at, value });
    lines.set(key, line);
  };
  const name = entries[0]?.title ?? '';
  for (const { when, measure } of entries) {
    const at = Date.parse(when ?? '');
    if (Number.isNaN(at) || measure === undefined) continue;
    if (measure.value !== undefined) add(name, measure.unit, at, measure.value);
    for (const part of measure.parts ?? [])
      if (part.measure.value !== undefined) add(part.title, part.measure.unit, at, part.measure.value);
  }
  return [...lines.values()].map((line) => ({ ...line, points: line.points.sort((a, b) => a.at - b.at) }));
}

export type Plot = {
  /** For each line its points in the plot's own units, left to right. */
  lines: { title: string; points: [x: number, y: number][] }[];
  /** Values with a grid line, lowest first, and their height. */
  ticks: { value: string; y: number }[];
  from: number;
  to: number;
};

/** Lays lines out in a box. The scale ends on round numbers and does not begin at 0: trends are read by their shape. */
export function plot(lines: Line[], width: number, height: number, tickCount = 4): Plot | undefined {
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return undefined;
  const times = points.map((point) => point.at);
  const values = points.map((point) => point.value);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  const [low, high] = spread(Math.min(...values), Math.max(...values));
  const x = scaleTime()
    .domain([from, to])
    .range(from === to ? [width / 2, width / 2] : [0, width]);
  const y = scaleLinear().domain([low, high]).nice(tickCount).range([height, 0]);
  return {
    lines: lines.map((line) => ({
      title: line.title,
      points: line.points.map((point) => [round(x(point.at)), round(y(point.value))]),
    })),
    ticks: y.ticks(tickCount).map((value) => ({ value: y.tickFormat(tickCount)(value), y: round(y(value)) })),
    from,
    to,
  };
}

/** A flat line needs some room above and below. */
function spread(low: number, high: number): [number, number] {
  if (low !== high) return [low, high];
  const room = Math.abs(low) * 0.1 || 1;
  return [low - room, high + room];
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
