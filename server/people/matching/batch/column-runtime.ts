import { runtime } from '../model/runtime.ts';
import type { PostcodePart } from '../model/types.ts';
import { jaroWinkler, levenshtein } from '../similarity.ts';
import type { Texts } from './words.ts';

/** How many bits are set. Source: Warren, Hacker's Delight, 2nd edition, section 5-1. */
function bits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The Jaro-Winkler similarity two texts cannot exceed, from their lengths and letters alone. */
function mostAlike({ length, letters }: Texts, a: number, b: number): number {
  const [lengthA, lengthB] = [length[a]!, length[b]!];
  const [inA, inB] = [letters[a]!, letters[b]!];
  const common = Math.min(lengthA - bits(inA & ~inB), lengthB - bits(inB & ~inA));
  if (common <= 0) return 0;
  const jaro = (common / lengthA + common / lengthB + 1) / 3;
  return jaro + 0.4 * (1 - jaro);
}

/** What conditions compiled for columns call. The last similarity is kept: levels ask for the same pair in turn. */
export function columnRuntime() {
  let last: { texts: Texts | undefined; a: number; b: number; value: number } = {
    texts: undefined,
    a: -1,
    b: -1,
    value: 0,
  };
  return {
    alike(texts: Texts, a: number, b: number, atLeast: number): boolean {
      if (a === b) return true;
      if (mostAlike(texts, a, b) < atLeast) return false;
      if (last.texts !== texts || last.a !== a || last.b !== b) {
        last = { texts, a, b, value: jaroWinkler(texts.text(a), texts.text(b)) };
      }
      return last.value >= atLeast;
    },
    near(texts: Texts, a: number, b: number, atMost: number, minLength: number): boolean {
      const [lengthA, lengthB] = [texts.length[a]!, texts.length[b]!];
      if (lengthA < minLength || lengthB < minLength || Math.abs(lengthA - lengthB) > atMost) return false;
      if (bits(texts.letters[a]! ^ texts.letters[b]!) > 2 * atMost) return false;
      return runtime.near(texts.text(a), texts.text(b), atMost, minLength);
    },
    levenshtein: (texts: Texts, a: number, b: number): number => levenshtein(texts.text(a), texts.text(b)),
    initial: (texts: Texts, a: number, b: number): boolean => runtime.initial(texts.text(a), texts.text(b)),
    startsSame: (texts: Texts, a: number, b: number, letters: number): boolean =>
      runtime.startsSame(texts.text(a), texts.text(b), letters),
    daysApart: (texts: Texts, a: number, b: number): number =>
      runtime.daysApart(texts.text(a), texts.text(b)),
    postcodePart: (texts: Texts, a: number, b: number, part: PostcodePart): boolean =>
      runtime.postcodePart(texts.text(a), texts.text(b), part),
    share(start: Int32Array, items: Int32Array, i: number, j: number): boolean {
      const [endI, endJ] = [start[i + 1]!, start[j + 1]!];
      for (let a = start[i]!; a < endI; a++) {
        for (let b = start[j]!; b < endJ; b++) if (items[a] === items[b]) return true;
      }
      return false;
    },
    among(value: number, start: Int32Array, items: Int32Array, row: number): boolean {
      if (value < 0) return false;
      const end = start[row + 1]!;
      for (let k = start[row]!; k < end; k++) if (items[k] === value) return true;
      return false;
    },
  };
}
