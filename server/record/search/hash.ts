/**
 * 64-bit hashes as two signed 32-bit halves, because BigInt is too slow on the way in. Two lanes in the manner of
 * MurmurHash3 (Austin Appleby, public domain), two UTF-16 units a step.
 *
 * A token is the hash of (type and parameter, variant, two texts). Its lowest bit says whether the tally counts it.
 */

/** Where a hash stands after a call: read it before the next call. */
export type Halves = { hi: number; lo: number };

/** What a token stands for, besides its parameter. */
export const variant = {
  systemAndCode: 1,
  code: 2,
  systemOnly: 3,
  codeWithoutSystem: 4,
  ofType: 5,
  wording: 6,
  referenceIdentifier: 7,
  uri: 8,
  pair: 9,
  sound: 10,
  unit: 11,
} as const;

/** Hashes a text. */
export function hashText(text: string, out: Halves): void {
  const length = text.length;
  const even = length & ~1;
  let a = 0x2f0b4a27;
  let b = 0x6b1e7d3f;
  for (let i = 0; i < even; i += 2) {
    const word = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
    a = laneA(a, word);
    b = laneB(b, word);
  }
  if (even !== length) {
    const word = text.charCodeAt(even) | (0xffff << 16);
    a = laneA(a, word);
    b = laneB(b, word);
  }
  finish(a ^ length, b ^ length, out);
}

/** Makes a token from a parameter's seed, a variant and up to two hashed texts. */
export function mixToken(
  seed: Halves,
  kind: number,
  firstHi: number,
  firstLo: number,
  secondHi: number,
  secondLo: number,
  counted: number,
  out: Halves,
): void {
  let a = laneA(seed.hi, kind);
  let b = laneB(seed.lo, kind);
  a = laneA(a, firstHi);
  b = laneB(b, firstHi);
  a = laneA(a, firstLo);
  b = laneB(b, firstLo);
  a = laneA(a, secondHi);
  b = laneB(b, secondHi);
  a = laneA(a, secondLo);
  b = laneB(b, secondLo);
  finish(a, b, out);
  out.lo = (out.lo & ~1) | counted;
}

/** The seed of a parameter of a type, or of anything else that has a name. */
export function seedOf(name: string): Halves {
  const out = { hi: 0, lo: 0 };
  hashText(name, out);
  return out;
}

/** The counted token that every resource of a type adds to the tally. It is not in the row's tokens. */
export function typeToken(type: string): Halves {
  const out = { hi: 0, lo: 0 };
  mixToken(seedOf(type), 0, 0, 0, 0, 0, 1, out);
  return out;
}

/**
 * The token that stands for all counted tokens of a row, `halves[from]` up to `halves[to]`, in any order: the type plus their
 * sum, each half added by itself, so that SQL can do the same sum.
 */
export function combinationOf(
  type: number,
  halves: ArrayLike<number>,
  from: number,
  to: number,
  out: Halves,
): void {
  let hi = 0;
  let lo = type;
  for (let i = from; i < to; i += 2) {
    const low = halves[i + 1]!;
    if ((low & 1) === 0) continue;
    hi = (hi + halves[i]!) | 0;
    lo = (lo + low) | 0;
  }
  out.hi = hi;
  out.lo = lo;
}

/**
 * The hash of a reference from a parameter to a resource: the last 64 bits of the target's rid, xor a constant of the
 * parameter and the target's type, lowest bit zero. SQL can do the same sum: see `referenceHashSql`.
 */
export function hashReference(constant: Halves, rid: string, out: Halves): void {
  out.hi = hexWord(rid, 19, 4) ^ constant.hi;
  out.lo = (hexWord(rid, 28, 8) ^ constant.lo) & ~1;
}

/** The whole number behind two halves. */
export function toBigInt(hi: number, lo: number): bigint {
  return (BigInt(hi) << 32n) | BigInt(lo >>> 0);
}

/** Eight hex digits of a UUID's text from `at`; `dashAfter` digits in, a dash is stepped over. */
function hexWord(text: string, at: number, dashAfter: number): number {
  let word = 0;
  let from = at;
  for (let i = 0; i < 8; i++) {
    if (i === dashAfter) from++;
    const c = text.charCodeAt(from++);
    word = (word << 4) | (c < 58 ? c - 48 : c - 87);
  }
  return word;
}

function laneA(state: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = state ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function laneB(state: number, word: number): number {
  let k = Math.imul(word, 0x239b961b);
  k = (k << 16) | (k >>> 16);
  let h = state ^ Math.imul(k, 0xab0e9789);
  h = (h << 17) | (h >>> 15);
  return (Math.imul(h, 5) + 0x561ccd1b) | 0;
}

function finish(first: number, second: number, out: Halves): void {
  let a = (first + second) | 0;
  let b = (second + a) | 0;
  a = settle(a);
  b = settle(b);
  a = (a + b) | 0;
  out.hi = a;
  out.lo = (b + a) | 0;
}

function settle(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
