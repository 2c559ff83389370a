/** Says what a line of results shows, in one sentence. Pure. */
import type { Line, Point } from '../charts/trend.ts';
import { dateWords } from './dates.ts';
import { measureWords } from './measures.ts';

/** The headline of a chart: the latest value and how it compares with the one before and the span of all. */
export function findingOf(lines: Line[]): string | undefined {
  const found = lines.filter((line) => line.points.length > 0).map(lineFinding);
  return found.length === 0 ? undefined : `${found.join('. ')}.`;
}

function lineFinding({ title, unit, points }: Line): string {
  const last = points.at(-1) as Point;
  const before = points.at(-2);
  const value = withUnit(last.value, unit);
  const date = dateWords(new Date(last.at).toISOString());
  if (before === undefined) return `${title}: ${value} on ${date}`;
  return `${title}: ${value} on ${date}, ${comparison(last, before, unit)}${extreme(points)}`;
}

function comparison(last: Point, before: Point, unit: string | undefined): string {
  if (last.value === before.value) return 'the same as the time before';
  return `${last.value > before.value ? 'up' : 'down'} from ${withUnit(before.value, unit)}`;
}

function extreme(points: Point[]): string {
  if (points.length < 3) return '';
  const last = (points.at(-1) as Point).value;
  const earlier = points.slice(0, -1).map((point) => point.value);
  if (last > Math.max(...earlier)) return ', the highest so far';
  return last < Math.min(...earlier) ? ', the lowest so far' : '';
}

function withUnit(value: number, unit: string | undefined): string {
  return measureWords({ text: unit === undefined ? String(value) : `${value} ${unit}` });
}
