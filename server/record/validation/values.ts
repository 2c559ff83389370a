import { isExact } from '../fhirpath/index.ts';
import { numberText } from './primitives.ts';
import { isTree } from './run.ts';

/** Equal in every part, as `fixed[x]` asks. */
export function equals(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((one, at) => equals(value[at], one))
    );
  }
  if (isTree(wanted)) {
    if (!isTree(value)) return false;
    const keys = Object.keys(wanted);
    return keys.length === Object.keys(value).length && keys.every((key) => equals(value[key], wanted[key]));
  }
  return samePrimitive(value, wanted);
}

/** Holds at least what the pattern holds, as `pattern[x]` asks; each pattern item must match some item of an array. */
export function matchesPattern(value: unknown, pattern: unknown): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((one) => value.some((item) => matchesPattern(item, one)));
  }
  if (isTree(pattern)) {
    return isTree(value) && Object.keys(pattern).every((key) => matchesPattern(value[key], pattern[key]));
  }
  return samePrimitive(value, pattern);
}

function samePrimitive(value: unknown, wanted: unknown): boolean {
  if (value === wanted) return true;
  const numbers =
    (typeof value === 'number' || isExact(value)) && (typeof wanted === 'number' || isExact(wanted));
  return numbers && Number(numberText(value)) === Number(numberText(wanted));
}
