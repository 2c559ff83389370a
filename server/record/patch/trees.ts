import { isRawNumber, numberText } from '../formats/index.ts';
import type { Json } from '../types.ts';

export type JsonObject = { [key: string]: Json };

/** A copy that shares nothing that can change; exact numbers stay exact. */
export function copyTree<T>(tree: T): T {
  if (typeof tree !== 'object' || tree === null || isRawNumber(tree)) return tree;
  if (Array.isArray(tree)) return tree.map(copyTree) as T;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, copyTree(value as unknown)]),
  ) as T;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** Equality as JSON Patch defines it: numbers by value, to the last digit; objects whatever the order of their keys. */
export function sameJson(one: Json, other: Json): boolean {
  if (isNumber(one) && isNumber(other))
    return canonicalNumber(numberText(one)) === canonicalNumber(numberText(other));
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index] as Json));
  }
  if (!isObject(one) || !isObject(other)) return one === other;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key] as Json, other[key] as Json))
  );
}

function isNumber(value: Json): value is number {
  return typeof value === 'number' || isRawNumber(value);
}

/** Digits without zeros at either end, and the power of ten: 1.00 and 1 are both `1e0`. */
function canonicalNumber(text: string): string {
  const [, sign, whole = '', part = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${BigInt(power) - BigInt(part.length) + BigInt(digits.length - kept.length)}`;
}

/**
 * Takes away the lists and objects that operations emptied, and what becomes empty by that: FHIR has no empty ones.
 * Done once, after the last operation, so that an operation may fill what an earlier one emptied.
 */
export function dropEmptied(tree: Json, emptied: ReadonlySet<object>): void {
  clean(tree, emptied);
}

/** True when the value itself should go. */
function clean(value: Json, emptied: ReadonlySet<object>): boolean {
  if (Array.isArray(value)) {
    const kept = value.filter((item) => !clean(item, emptied));
    const changed = kept.length < value.length;
    if (changed) value.splice(0, value.length, ...kept);
    return value.length === 0 && (changed || emptied.has(value));
  }
  if (!isObject(value)) return false;
  let changed = false;
  for (const key of Object.keys(value)) {
    if (!(key.startsWith('_') ? cleanTwins(value[key] as Json, emptied) : clean(value[key] as Json, emptied)))
      continue;
    delete value[key];
    changed = true;
  }
  return Object.keys(value).length === 0 && (changed || emptied.has(value));
}

/** Twins stand beside values by their place in the list: an empty one becomes null, and only a list of nulls goes. */
function cleanTwins(twins: Json, emptied: ReadonlySet<object>): boolean {
  if (!Array.isArray(twins)) return clean(twins, emptied);
  for (const [index, twin] of twins.entries()) {
    if (clean(twin, emptied)) twins[index] = null;
  }
  return twins.every((twin) => twin === null);
}
