import { hashText, mixToken, seedOf, variant, type Halves } from '../hash.ts';
import type { Param } from '../parameters/types.ts';
import { systemOf } from '../parameters/code-systems.ts';
import type { IndexRow } from './index-row.ts';

/** What one part of a pair may be asked as: its hashes, high and low. */
export type PairSide = number[];

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };
const sideSeed = seedOf('side of a pair');

/** Adds the ways to ask for a code: with system, alone, by system alone, or as a code that has no system. */
export function sideOfCode(side: PairSide, system: unknown, code: unknown): void {
  const hasSystem = typeof system === 'string' && system !== '';
  if (hasSystem) pushSide(side, variant.systemOnly, system, '');
  if (typeof code !== 'string') return;
  pushSide(side, variant.code, '', code);
  if (hasSystem) pushSide(side, variant.systemAndCode, system, code);
  else pushSide(side, variant.codeWithoutSystem, '', code);
}

export function sideOfConcept(
  side: PairSide,
  value: { coding?: { system?: unknown; code?: unknown }[] },
): void {
  if (!Array.isArray(value.coding)) return;
  for (const coding of value.coding) if (coding != null) sideOfCode(side, coding.system, coding.code);
}

export function sideOfBareCode(side: PairSide, systems: Param['codeSystems'], value: unknown): void {
  if (typeof value === 'string') sideOfCode(side, systemOf(systems, value), value);
  if (typeof value === 'boolean') sideOfCode(side, undefined, String(value));
}

export function sideOfReference(side: PairSide, value: { reference?: unknown }): void {
  if (typeof value.reference === 'string') pushSide(side, variant.uri, '', value.reference);
}

/** The hash of one way to ask for a side. */
export function sideHash(kind: number, system: string, code: string, into: Halves): void {
  hashText(system, a);
  hashText(kind === variant.uri ? code : code.toLowerCase(), b);
  mixToken(sideSeed, kind, a.hi, a.lo, b.hi, b.lo, 0, into);
}

/** The token of a pair of sides. */
export function pairHash(seed: Halves, first: Halves, second: Halves, into: Halves): void {
  mixToken(seed, variant.pair, first.hi, first.lo, second.hi, second.lo, 0, into);
}

/** Adds each first side with each second. */
export function addPairs(row: IndexRow, param: Param, first: PairSide, second: PairSide): void {
  if (first.length === 0 || second.length === 0) return;
  row.present(param.ordinal);
  for (let i = 0; i < first.length; i += 2) {
    for (let j = 0; j < second.length; j += 2) {
      mixToken(param.seed, variant.pair, first[i]!, first[i + 1]!, second[j]!, second[j + 1]!, 0, out);
      row.token(out.hi, out.lo);
    }
  }
}

function pushSide(side: PairSide, kind: number, system: string, code: string): void {
  sideHash(kind, system, code, out);
  side.push(out.hi, out.lo);
}
