/**
 * NHS numbers that were never issued, so that no made-up person can be a real one: first those from 999 000 0000, then the
 * rest from 900 000 0000. Numbers are never issued in these ranges (NHS Data Dictionary; PDS uses them in its test systems).
 */
const perPrefix = 9;
const testPrefixes = 100_000;
const otherPrefixes = 9_900_000;
const testNumbers = testPrefixes * perPrefix;
const otherNumbers = otherPrefixes * perPrefix;

/** How many there are: more people than that would share numbers. */
export const nhsNumbersThere = testNumbers + otherNumbers;

/** The valid number at a place in the row; neighbours in the row do not look alike. Throws past the end. */
export function nhsNumber(place: number): string {
  if (!Number.isInteger(place) || place < 0 || place >= nhsNumbersThere)
    throw new RangeError(`there is no NHS number at place ${place}`);
  if (place < testNumbers) {
    const at = (place * 526_339 + 171_717) % testNumbers;
    return numberAt(99_900_000 + Math.floor(at / perPrefix), at % perPrefix);
  }
  const at = ((place - testNumbers) * 40_000_003) % otherNumbers;
  return numberAt(90_000_000 + Math.floor(at / perPrefix), at % perPrefix);
}

/** The n-th valid number of those whose first eight digits are given: at least nine of ten ninth digits have one. */
function numberAt(prefix: number, n: number): string {
  let sum = 0;
  for (let rest = prefix, weight = 3; rest > 0; rest = Math.floor(rest / 10), weight++)
    sum += weight * (rest % 10);
  for (let digit = 0, left = n; ; digit++) {
    const check = 11 - ((sum + 2 * digit) % 11);
    if (check === 10) continue;
    if (left-- === 0) return `${prefix}${digit}${check === 11 ? 0 : check}`;
  }
}
