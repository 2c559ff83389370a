import type { RangeTest } from '../conditions/types.ts';
import type { Bindings } from './bindings.ts';

/**
 * Compares a stored stretch of time, from `low` up to but without `high`, with the one asked for.
 * Source: FHIR R4, Search, prefixes; each line is the definition of one prefix.
 */
export function timeRange(low: string, high: string, test: RangeTest, bindings: Bindings): string {
  const from = (): string => bindings.moment(test.low);
  const to = (): string => bindings.moment(test.high);
  switch (test.prefix) {
    case 'eq':
      return `${low} >= ${from()} and ${low} < ${to()} and ${high} <= ${to()}`;
    case 'ne':
      return `(${low} < ${from()} or ${high} > ${to()})`;
    case 'gt':
      return `${high} > ${to()}`;
    case 'lt':
      return `${low} < ${from()}`;
    case 'ge':
      return `(${high} > ${to()} or (${low} >= ${from()} and ${high} <= ${to()}))`;
    case 'le':
      return `(${low} < ${from()} or (${low} >= ${from()} and ${high} <= ${to()}))`;
    case 'sa':
      return `${low} >= ${to()}`;
    case 'eb':
      return `${high} <= ${from()}`;
    case 'ap':
      return `${low} < ${to()} and ${high} > ${from()}`;
  }
}

/** Compares a stored moment with the stretch of time asked for. */
export function momentTest(column: string, test: RangeTest, bindings: Bindings): string {
  const from = (): string => bindings.moment(test.low);
  const to = (): string => bindings.moment(test.high);
  switch (test.prefix) {
    case 'eq':
    case 'ap':
      return `${column} >= ${from()} and ${column} < ${to()}`;
    case 'ne':
      return `(${column} < ${from()} or ${column} >= ${to()})`;
    case 'gt':
    case 'sa':
      return `${column} >= ${to()}`;
    case 'lt':
    case 'eb':
      return `${column} < ${from()}`;
    case 'ge':
      return `${column} >= ${from()}`;
    case 'le':
      return `${column} < ${to()}`;
  }
}

/**
 * Compares stored numbers `low` to `high` (a point when they are equal) with the number asked for. `eq` and `ne` go by
 * its written precision, the others by its exact value. An index holds `low`, and another the few rows that are no points.
 * Source: FHIR R4, Search, number parameters.
 */
export function numberRange(low: string, high: string, test: RangeTest, bindings: Bindings): string {
  const add = (value: number): string => bindings.add(value, 'float8');
  const above = (sign: string): string =>
    `(${low} ${sign} ${add(test.value)} or (${low} < ${high} and ${high} ${sign} ${add(test.value)}))`;
  switch (test.prefix) {
    case 'eq':
      return `${low} >= ${add(test.low)} and ${low} < ${add(test.high)} and ${high} < ${add(test.high)}`;
    case 'ne':
      return `(${low} < ${add(test.low)} or ${high} >= ${add(test.high)})`;
    case 'gt':
      return above('>');
    case 'lt':
      return `${low} < ${add(test.value)}`;
    case 'ge':
      return above('>=');
    case 'le':
      return `${low} <= ${add(test.value)}`;
    case 'sa':
      return `${low} > ${add(test.value)}`;
    case 'eb':
      return `${low} < ${add(test.value)} and ${high} < ${add(test.value)}`;
    case 'ap':
      return `${low} <= ${add(test.high)} and (${low} >= ${add(test.low)} or (${low} < ${high} and ${high} >= ${add(test.low)}))`;
  }
}
