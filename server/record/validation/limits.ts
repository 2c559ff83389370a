import type { StatedValue } from '../definitions/index.ts';
import { numberOf } from './primitives.ts';
import { report, type Item, type Run } from './run.ts';
import type { Shape } from './shape.ts';
import { equals, matchesPattern } from './values.ts';

/** Checks fixed values, patterns, length and smallest and largest values. */
export function checkLimits(run: Run, shape: Shape, item: Item): void {
  const { fixed, pattern, minValue, maxValue, maxLength } = shape.element;
  const { url } = shape.structure;
  if (fixed && !equals(item.value, fixed.value)) {
    report(run, 'error', 'value', item.path, `This must be exactly ${shown(fixed)}.`, url);
  }
  if (pattern && !matchesPattern(item.value, pattern.value)) {
    report(run, 'error', 'value', item.path, `This must hold at least ${shown(pattern)}.`, url);
  }
  if (maxLength !== undefined && typeof item.value === 'string' && item.value.length > maxLength) {
    report(run, 'error', 'value', item.path, `This must be at most ${maxLength} characters long.`, url);
  }
  if (minValue && (compare(item.value, minValue.value) ?? 0) < 0) {
    report(run, 'error', 'value', item.path, `This must be at least ${shown(minValue)}.`, url);
  }
  if (maxValue && (compare(item.value, maxValue.value) ?? 0) > 0) {
    report(run, 'error', 'value', item.path, `This must be at most ${shown(maxValue)}.`, url);
  }
}

function compare(value: unknown, limit: unknown): number | undefined {
  const number = numberOf(value);
  const other = numberOf(limit);
  if (number !== undefined && other !== undefined) return number - other;
  if (typeof value === 'string' && typeof limit === 'string') {
    const length = Math.min(value.length, limit.length);
    return value.slice(0, length) < limit.slice(0, length)
      ? -1
      : Number(value.slice(0, length) > limit.slice(0, length));
  }
  return undefined;
}

function shown(stated: StatedValue): string {
  const text = JSON.stringify(stated.value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
