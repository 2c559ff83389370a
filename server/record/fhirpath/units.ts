import type { Quantity } from './node.ts';

/**
 * The part of UCUM that comparisons of everyday clinical quantities need: metric prefixes, base units, and common
 * others. Source: https://ucum.org/ucum (tables of base, derived and customary units).
 */
type Dimension = Record<string, number>;
type Unit = { factor: number; dimension: Dimension };

const prefixes: Record<string, number> = {
  G: 1e9,
  M: 1e6,
  k: 1e3,
  h: 100,
  da: 10,
  d: 0.1,
  c: 0.01,
  m: 1e-3,
  u: 1e-6,
  n: 1e-9,
  p: 1e-12,
  f: 1e-15,
};

const metric: Record<string, Unit> = {
  m: { factor: 1, dimension: { m: 1 } },
  g: { factor: 1, dimension: { g: 1 } },
  s: { factor: 1, dimension: { s: 1 } },
  L: { factor: 1e-3, dimension: { m: 3 } },
  l: { factor: 1e-3, dimension: { m: 3 } },
  mol: { factor: 1, dimension: { mol: 1 } },
  Pa: { factor: 1000, dimension: { g: 1, m: -1, s: -2 } },
  J: { factor: 1000, dimension: { g: 1, m: 2, s: -2 } },
  W: { factor: 1000, dimension: { g: 1, m: 2, s: -3 } },
  Hz: { factor: 1, dimension: { s: -1 } },
  cal: { factor: 4184, dimension: { g: 1, m: 2, s: -2 } },
  eq: { factor: 1, dimension: { mol: 1 } },
  U: { factor: 1e-6 / 60, dimension: { mol: 1, s: -1 } },
  'm[Hg]': { factor: 133322387.415, dimension: { g: 1, m: -1, s: -2 } },
  'm[H2O]': { factor: 9806650, dimension: { g: 1, m: -1, s: -2 } },
};

const other: Record<string, Unit> = {
  '1': { factor: 1, dimension: {} },
  '%': { factor: 0.01, dimension: {} },
  min: { factor: 60, dimension: { s: 1 } },
  h: { factor: 3600, dimension: { s: 1 } },
  d: { factor: 86400, dimension: { s: 1 } },
  wk: { factor: 604800, dimension: { s: 1 } },
  mo: { factor: 2629800, dimension: { s: 1 } },
  a: { factor: 31557600, dimension: { s: 1 } },
  t: { factor: 1e6, dimension: { g: 1 } },
  '[in_i]': { factor: 0.0254, dimension: { m: 1 } },
  '[ft_i]': { factor: 0.3048, dimension: { m: 1 } },
  '[mi_i]': { factor: 1609.344, dimension: { m: 1 } },
  '[lb_av]': { factor: 453.59237, dimension: { g: 1 } },
  '[oz_av]': { factor: 28.349523125, dimension: { g: 1 } },
  '[stone_av]': { factor: 6350.29318, dimension: { g: 1 } },
  '[IU]': { factor: 1, dimension: { '[IU]': 1 } },
  '[iU]': { factor: 1, dimension: { '[IU]': 1 } },
  Cel: { factor: 1, dimension: { Cel: 1 } },
  '[degF]': { factor: 1, dimension: { '[degF]': 1 } },
};

/** Weeks and finer calendar words mean the UCUM unit; months and years only for equivalence. */
const calendarCodes: Record<string, string> = {
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
};

function atom(code: string): Unit | undefined {
  const known = other[code] ?? metric[code];
  if (known) return known;
  for (const [prefix, factor] of Object.entries(prefixes)) {
    const base = code.startsWith(prefix) ? metric[code.slice(prefix.length)] : undefined;
    if (base) return { factor: base.factor * factor, dimension: base.dimension };
  }
  return undefined;
}

/** Reads a unit such as `mg/dL`, `kg.m-2` or `10*9/L` into a factor and a dimension. */
export function readUnit(code: string): Unit | undefined {
  const unit: Unit = { factor: 1, dimension: {} };
  const parts = code.replaceAll(/\{[^}]*\}/g, '').split(/(?=[./])/);
  for (const part of parts) {
    const divided = part.startsWith('/');
    const [, name = '', power = '1'] = /^[./]?(10\*|10\^|.*?)([+-]?\d+)?$/.exec(part) ?? [];
    const exponent = Number(power) * (divided ? -1 : 1);
    const found =
      name === '10*' || name === '10^' ? { factor: 10, dimension: {} } : name === '' ? atom('1') : atom(name);
    if (!found) return undefined;
    unit.factor *= found.factor ** exponent;
    for (const [key, value] of Object.entries(found.dimension))
      unit.dimension[key] = (unit.dimension[key] ?? 0) + value * exponent;
  }
  return unit;
}

function codeOf({ unit, isCalendar }: Quantity): string {
  return isCalendar ? (calendarCodes[unit.replace(/s$/, '')] ?? unit.replace(/s$/, '')) : unit;
}

/** Both numbers in the same unit, or undefined when the units cannot be compared. */
export function inOneUnit(left: Quantity, right: Quantity): [number, number] | undefined {
  const a = codeOf(left);
  const b = codeOf(right);
  if (a === b) return [left.value, right.value];
  const one = readUnit(a);
  const two = readUnit(b);
  if (!one || !two || !sameDimension(one, two)) return undefined;
  return [clean(left.value * one.factor), clean(right.value * two.factor)];
}

function sameDimension(a: Unit, b: Unit): boolean {
  const keys = new Set([...Object.keys(a.dimension), ...Object.keys(b.dimension)]);
  return [...keys].every((key) => (a.dimension[key] ?? 0) === (b.dimension[key] ?? 0));
}

/** Drops the noise of binary fractions beyond the 12th digit. */
export function clean(value: number): number {
  return Number(value.toPrecision(12));
}

/** Multiplies or divides quantities; the unit of the answer is made of base units. */
export function multiplyUnits(left: Quantity, right: Quantity, power: 1 | -1): Quantity | undefined {
  const one = readUnit(codeOf(left));
  const two = readUnit(codeOf(right));
  if (!one || !two) return undefined;
  const value = clean(
    power === 1
      ? left.value * one.factor * right.value * two.factor
      : (left.value * one.factor) / (right.value * two.factor),
  );
  const dimension: Dimension = { ...one.dimension };
  for (const [key, own] of Object.entries(two.dimension))
    dimension[key] = (dimension[key] ?? 0) + own * power;
  const parts = Object.entries(dimension).filter(([, exponent]) => exponent !== 0);
  const unit = parts.map(([key, exponent]) => (exponent === 1 ? key : `${key}${exponent}`)).join('.');
  return { value, unit: unit === '' ? '1' : unit, isCalendar: false };
}
