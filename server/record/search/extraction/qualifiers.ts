import { hashText, mixToken, variant, type Halves } from '../hash.ts';
import type { Param } from '../parameters/types.ts';
import { wordingOf, type IndexRow, type Wording } from './index-row.ts';

type Coding = { system?: unknown; code?: unknown };

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };

/** The codings that stand beside a number, as hashes of system and code. */
export class Qualifiers {
  count = 0;
  halves: number[] = [];

  reset(): void {
    this.count = 0;
  }

  addConcept(row: IndexRow, param: Param, value: { coding?: unknown }): void {
    if (Array.isArray(value.coding))
      for (const coding of value.coding) if (coding != null) this.addCoding(row, param, coding);
  }

  addCoding(row: IndexRow, param: Param, value: Coding): void {
    if (typeof value.code !== 'string') return;
    const wording = qualifierOf(param, typeof value.system === 'string' ? value.system : '', value.code);
    row.wording(wording);
    this.halves[this.count * 2] = wording.hi;
    this.halves[this.count * 2 + 1] = wording.lo;
    this.count++;
  }
}

/** Codings beside nothing. */
export const noQualifiers = new Qualifiers();

const known = new Map<Param, Map<string, Map<string, Wording>>>();
const mostCodes = 50_000;

/** The hash of a coding beside a number of `param`. The dictionary holds `code|system`, so that a code alone finds it. */
export function qualifierOf(param: Param, system: string, code: string): Wording {
  let bySystem = known.get(param);
  if (bySystem === undefined) known.set(param, (bySystem = new Map()));
  let byCode = bySystem.get(system);
  if (byCode === undefined) bySystem.set(system, (byCode = new Map()));
  let wording = byCode.get(code);
  if (wording !== undefined) return wording;
  const folded = code.toLowerCase();
  qualifierHash(param.seed, system, folded, out);
  wording = wordingOf(out, param, `${folded}|${system}`);
  if (byCode.size >= mostCodes) byCode.clear();
  byCode.set(code, wording);
  return wording;
}

/** Hash of a lower-case code and its system (empty for none). */
export function qualifierHash(seed: Halves, system: string, code: string, into: Halves): void {
  hashText(system, a);
  hashText(code, b);
  mixToken(seed, variant.pair, a.hi, a.lo, b.hi, b.lo, 0, into);
}
