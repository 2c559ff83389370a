import { hashText, mixToken, seedOf, variant, type Halves } from '../hash.ts';
import { numberOf } from '../numbers.ts';
import type { Param } from '../parameters/types.ts';
import type { IndexRow, Wording } from './index-row.ts';
import { Qualifiers } from './qualifiers.ts';

type Quantity = { value?: unknown; comparator?: unknown; system?: unknown; code?: unknown; unit?: unknown };

const unitSeed = seedOf('unit');
const units = new Map<string, Map<string, Map<string, Wording>>>();
const mostUnits = 10_000;
let unitCount = 0;

export function addNumber(row: IndexRow, param: Param, value: unknown): void {
  const number = numberOf(value);
  if (Number.isNaN(number)) return;
  row.present(param.ordinal);
  row.numbers.add(param.ordinal, 0, 0, 0, 0, number, number);
}

/** A quantity is a point, or with a comparator all numbers on that side: `<5` may be any number below 5. */
export function addQuantity(row: IndexRow, param: Param, value: Quantity, qualifiers: Qualifiers): void {
  const number = numberOf(value.value);
  if (Number.isNaN(number)) return;
  const comparator = typeof value.comparator === 'string' ? value.comparator : '';
  const low = comparator.startsWith('<') ? -Infinity : number;
  const high = comparator.startsWith('>') ? Infinity : number;
  addAmount(row, param, value, low, high, qualifiers);
}

export function addRange(
  row: IndexRow,
  param: Param,
  value: { low?: Quantity; high?: Quantity },
  qualifiers: Qualifiers,
): void {
  const low = numberOf(value.low?.value);
  const high = numberOf(value.high?.value);
  if (Number.isNaN(low) && Number.isNaN(high)) return;
  const unit = value.low ?? value.high!;
  addAmount(
    row,
    param,
    unit,
    Number.isNaN(low) ? -Infinity : low,
    Number.isNaN(high) ? Infinity : high,
    qualifiers,
  );
}

export function addMoney(
  row: IndexRow,
  param: Param,
  value: { value?: unknown; currency?: unknown },
  qualifiers: Qualifiers,
): void {
  const unit = { system: 'urn:iso:std:iso:4217', code: value.currency };
  const number = numberOf(value.value);
  if (!Number.isNaN(number)) addAmount(row, param, unit, number, number, qualifiers);
}

/** Sampled data reaches from its smallest to its largest sample. `E`, `L` and `U` are no numbers and are passed over. */
export function addSampledData(
  row: IndexRow,
  param: Param,
  value: { origin?: Quantity; factor?: unknown; data?: unknown },
  qualifiers: Qualifiers,
): void {
  const origin = numberOf(value.origin?.value);
  if (Number.isNaN(origin) || typeof value.data !== 'string') return;
  const factor = value.factor === undefined ? 1 : numberOf(value.factor);
  let low = Infinity;
  let high = -Infinity;
  for (const sample of value.data.split(' ')) {
    const number = sample === '' ? Number.NaN : origin + Number(sample) * factor;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  if (low <= high) addAmount(row, param, value.origin!, low, high, qualifiers);
}

/** Adds two numbers of one element as one row, once for each code beside them. */
export function addSpan(
  row: IndexRow,
  param: Param,
  from: unknown,
  to: unknown,
  qualifiers: Qualifiers,
): void {
  const low = numberOf(from);
  const high = numberOf(to);
  if (Number.isNaN(low) || Number.isNaN(high)) return;
  for (let i = 0; i < qualifiers.count; i++) {
    row.present(param.ordinal);
    row.numbers.add(param.ordinal, qualifiers.halves[i * 2]!, qualifiers.halves[i * 2 + 1]!, 0, 0, low, high);
  }
}

function addAmount(
  row: IndexRow,
  param: Param,
  unit: Quantity,
  low: number,
  high: number,
  qualifiers: Qualifiers,
): void {
  row.present(param.ordinal);
  const wording = unitOf(unit);
  row.wording(wording);
  if (qualifiers.count === 0) {
    row.numbers.add(param.ordinal, 0, 0, wording.hi, wording.lo, low, high);
    return;
  }
  for (let i = 0; i < qualifiers.count; i++) {
    const hi = qualifiers.halves[i * 2]!;
    const lo = qualifiers.halves[i * 2 + 1]!;
    row.numbers.add(param.ordinal, hi, lo, wording.hi, wording.lo, low, high);
  }
}

/** Each distinct unit (system, code, unit as written) has one number; the dictionary holds the three as JSON under type 0. */
function unitOf(quantity: Quantity): Wording {
  const system = textOf(quantity.system);
  const code = textOf(quantity.code);
  const unit = textOf(quantity.unit);
  let byCode = units.get(system);
  if (byCode === undefined) units.set(system, (byCode = new Map()));
  let byUnit = byCode.get(code);
  if (byUnit === undefined) byCode.set(code, (byUnit = new Map()));
  let wording = byUnit.get(unit);
  if (wording !== undefined) return wording;
  const value = JSON.stringify([system, code, unit]);
  const text: Halves = { hi: 0, lo: 0 };
  hashText(value, text);
  const token: Halves = { hi: 0, lo: 0 };
  mixToken(unitSeed, variant.unit, text.hi, text.lo, 0, 0, 0, token);
  wording = { ...token, type: 0, param: 0, value, stored: false };
  if (++unitCount > mostUnits) {
    units.clear();
    unitCount = 0;
  }
  byUnit.set(unit, wording);
  return wording;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
