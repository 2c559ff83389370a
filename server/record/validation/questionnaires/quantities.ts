import { compareMoments, exactText, inOneUnit, isExact, readMoment } from '../../fhirpath/index.ts';
import { isTree } from '../run.ts';

/** Orders two answer values; undefined when they cannot be compared. */
export function compareValues(a: unknown, b: unknown): number | undefined {
  if (isTree(a) || isTree(b)) return compareQuantities(a, b);
  if (isNumber(a) && isNumber(b)) return Number(exactText(a)) - Number(exactText(b));
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const isTime = /^\d\d:/.test(a);
  const one = readMoment(a, isTime);
  const two = readMoment(b, isTime);
  if (!one || !two) return undefined;
  return compareMoments(one, two);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || isExact(value);
}

/** Quantities compare when both have a formal unit of the same kind. */
function compareQuantities(a: unknown, b: unknown): number | undefined {
  const one = formal(a);
  const two = formal(b);
  const numbers = one && two && one.system === two.system ? inOneUnit(one, two) : undefined;
  return numbers && numbers[0] - numbers[1];
}

function formal(
  value: unknown,
): { value: number; unit: string; isCalendar: boolean; system: unknown } | undefined {
  if (
    !isTree(value) ||
    typeof value['code'] !== 'string' ||
    value['system'] === undefined ||
    value['value'] === undefined
  )
    return undefined;
  return {
    value: Number(exactText(value['value'])),
    unit: value['code'],
    isCalendar: false,
    system: value['system'],
  };
}
