import type { Condition, RangeTest } from '../conditions/types.ts';
import type { Bindings } from './bindings.ts';

/**
 * What rows that fulfil a condition have in common: the range begins at `lowFrom` or later and before `lowBefore`, and ends
 * after `highAfter`. Milliseconds since 1970; infinite where nothing is known.
 */
export type DateBounds = { lowFrom: number; lowBefore: number; highAfter: number };

export const unbounded: DateBounds = { lowFrom: -Infinity, lowBefore: Infinity, highAfter: -Infinity };

/** The bounds that a condition sets on the main date. */
export function dateBounds(condition: Condition): DateBounds {
  if (condition.is === 'mainDate') return boundsOf(condition.test);
  if (condition.is === 'and') {
    return condition.of.map(dateBounds).reduce(
      (a, b) => ({
        lowFrom: Math.max(a.lowFrom, b.lowFrom),
        lowBefore: Math.min(a.lowBefore, b.lowBefore),
        highAfter: Math.max(a.highAfter, b.highAfter),
      }),
      unbounded,
    );
  }
  if (condition.is === 'or' && condition.of.length > 0) {
    return condition.of.map(dateBounds).reduce((a, b) => ({
      lowFrom: Math.min(a.lowFrom, b.lowFrom),
      lowBefore: Math.max(a.lowBefore, b.lowBefore),
      highAfter: Math.min(a.highAfter, b.highAfter),
    }));
  }
  return unbounded;
}

/** Each follows from the meaning of its prefix, which `timeRange` tests exactly. A range ends after it begins. */
function boundsOf({ prefix, low, high }: RangeTest): DateBounds {
  switch (prefix) {
    case 'eq':
      return { lowFrom: low, lowBefore: high, highAfter: low };
    case 'sa':
      return { lowFrom: high, lowBefore: Infinity, highAfter: high };
    case 'ap':
      return { lowFrom: -Infinity, lowBefore: high, highAfter: low };
    case 'ge':
      return { ...unbounded, highAfter: low };
    case 'gt':
      return { ...unbounded, highAfter: high };
    case 'lt':
    case 'eb':
      return { ...unbounded, lowBefore: low };
    case 'le':
      return { ...unbounded, lowBefore: high };
    case 'ne':
      return unbounded;
  }
}

export const isBounded = (bounds: DateBounds): boolean =>
  bounds.lowFrom !== -Infinity || bounds.lowBefore !== Infinity || bounds.highAfter !== -Infinity;

const longMs = 32 * 86_400_000;

/** The condition of the index `resource_long`, word for word. */
const isLong = (r: string): string =>
  `(${r}.date_high at time zone 'UTC') > (${r}.date_low at time zone 'UTC') + interval '32 days'`;

/**
 * Stretches of the date indexes that hold all rows within the bounds, each row in one of them. A range that ends after a
 * moment begins at most 32 days before it, or it is long, and those have an index of their own.
 */
export function stretches(bounds: DateBounds, r: string, bindings: Bindings): string[] {
  const before =
    bounds.lowBefore === Infinity ? [] : [`${r}.date_low < ${bindings.moment(bounds.lowBefore)}`];
  if (bounds.lowFrom !== -Infinity)
    return [[`${r}.date_low >= ${bindings.moment(bounds.lowFrom)}`, ...before].join(' and ')];
  if (bounds.highAfter === -Infinity) return [[`${r}.date_low is not null`, ...before].join(' and ')];
  const start = bindings.moment(bounds.highAfter - longMs);
  return [
    [`${r}.date_low >= ${start}`, ...before].join(' and '),
    [
      isLong(r),
      `${r}.date_low < ${start}`,
      `${r}.date_high > ${bindings.moment(bounds.highAfter)}`,
      ...before,
    ].join(' and '),
  ];
}
