import { postcodeShapes } from './postcode-shapes.ts';
import type { PostcodePart } from './types.ts';
import { edits, jaroWinkler, levenshtein, withinOneEdit } from '../similarity.ts';

/** What compiled conditions call. */
export const runtime = {
  jaroWinkler,
  levenshtein,
  near(a: string, b: string, atMost: number, minLength: number): boolean {
    if (a.length < minLength || b.length < minLength) return false;
    return atMost === 1 ? withinOneEdit(a, b) : edits(a, b) <= atMost;
  },
  share(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
    return a !== undefined && b !== undefined && a.some((value) => b.includes(value));
  },
  among(value: string | undefined, list: readonly string[] | undefined): boolean {
    return value !== undefined && list !== undefined && list.includes(value);
  },
  initial(a: string, b: string): boolean {
    return (a.length === 1 || b.length === 1) && a[0] === b[0];
  },
  startsSame(a: string, b: string, letters: number): boolean {
    return a.length >= letters && b.length >= letters && a.slice(0, letters) === b.slice(0, letters);
  },
  daysApart: (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000,
  postcodePart(a: string, b: string, part: PostcodePart): boolean {
    const [one, two] = [postcodeShapes[part].exec(a)?.[1], postcodeShapes[part].exec(b)?.[1]];
    return one !== undefined && one === two;
  },
};
