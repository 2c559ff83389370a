/** A version as npm writes it: 1.2.3, or 1.2.3-beta.4. Build metadata does not count. Source: Semantic Versioning 2.0.0. */
type Version = { numbers: readonly [number, number, number]; before: readonly string[] };

export function versionIn(text: string): Version | undefined {
  const found = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+\S*)?$/.exec(text.trim());
  if (found === null) return undefined;
  const [, major = '0', minor = '0', patch = '0', before] = found;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    before: before === undefined ? [] : before.split('.'),
  };
}

/** Below, at or above 0 as the first is older, the same or newer. What is no version is older than any. Source: SemVer 2.0.0, rule 11. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [versionIn(one), versionIn(other)];
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  for (const [at, number] of a.numbers.entries()) {
    const difference = number - b.numbers[at]!;
    if (difference !== 0) return difference;
  }
  if (a.before.length === 0 || b.before.length === 0) return b.before.length - a.before.length;
  for (let at = 0; at < Math.max(a.before.length, b.before.length); at++) {
    const difference = compareParts(a.before[at], b.before[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareParts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOther) return Number(a) - Number(b);
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/** How far a newer version is from one that is installed. */
export type Step = 'patch' | 'minor' | 'major';

/** Before 1.0 each minor version may break what uses it, so it counts as major there. Source: SemVer 2.0.0, rule 4. */
export function stepTo(installed: string, newer: string): Step {
  const [a, b] = [versionIn(installed)?.numbers, versionIn(newer)?.numbers];
  if (a === undefined || b === undefined || a[0] !== b[0]) return 'major';
  if (a[1] !== b[1]) return a[0] === 0 ? 'major' : 'minor';
  return 'patch';
}

/** What kind of version before a release it is: `beta` of 1.0.0-beta.2; empty for a release. */
export const labelOf = (version: string): string =>
  versionIn(version)
    ?.before.map((part) => part.replace(/\d+$/, ''))
    .find((part) => part !== '') ?? '';
