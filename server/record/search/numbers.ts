import { isRawNumber } from '../formats/index.ts';

/** A stretch of numbers, ends included, perhaps infinite. */
export type NumberRange = { low: number; high: number };

/** The number in a JSON value: a number, or a decimal kept as written. NaN when it is neither. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return isRawNumber(value) ? Number(value.rawJSON) : Number.NaN;
}

const shape = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * The numbers that count as equal to a number as written, by its precision: `100` is 99.5 to 100.5, `1.00` is 0.995 to
 * 1.005, `1e2` is 95 to 105 (the published example; so an exponent without decimals counts as one decimal). Up to but without
 * `high`. Undefined for a text that is no number. Source: FHIR R4, Search, number parameters.
 */
export function precisionRange(text: string): { value: number; low: number; high: number } | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', written = '', exponent = '0'] = match;
  const fraction = written === '' && match[4] !== undefined ? '0' : written;
  const scale = Number(exponent) - fraction.length;
  const digits = BigInt(sign + whole + fraction) * 10n;
  return {
    value: Number(text),
    low: Number(`${digits - 5n}e${scale - 1}`),
    high: Number(`${digits + 5n}e${scale - 1}`),
  };
}
