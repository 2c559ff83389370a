import { typeNumber } from '../../resource-types.ts';
import type { Halves } from '../hash.ts';
import type { Param } from '../parameters/types.ts';

/** Up to here a new value is compared with each one before it; longer lists use a map or may hold a value twice. */
const shortList = 64;

/**
 * Everything that finds one resource. One object is filled again and again; what it holds is good until the next `reset`.
 * Hashes stand as signed 32-bit halves: high, low, high, low ...
 */
export class IndexRow {
  /** Distinct tokens. The lowest bit of a low half says whether the tally counts it. */
  tokens = new Int32Array(256);
  tokenCount = 0;
  /** Bits of the parameters that have a value. */
  presentHi = 0;
  presentLo = 0;
  /** Range of the main date, milliseconds since 1970, perhaps infinite; NaN when there is none. */
  dateLow = Number.NaN;
  dateHigh = Number.NaN;
  /** Hash of each reference to another resource of this server. It goes to `refs` or to `tokens`. */
  refHashes = new Int32Array(64);
  refTypes: string[] = [];
  refIds: string[] = [];
  refRids: string[] = [];
  refCount = 0;
  readonly strings = new StringRows();
  readonly dates = new RangeRows();
  readonly numbers = new RangeRows();
  /** Wordings that may not be in the dictionary yet. */
  wordings: Wording[] = [];
  /** High halves by low half, once there are many tokens. */
  readonly #longList = new Map<number, number[]>();

  reset(): void {
    this.tokenCount = 0;
    this.presentHi = 0;
    this.presentLo = 0;
    this.dateLow = Number.NaN;
    this.dateHigh = Number.NaN;
    this.refCount = 0;
    this.refTypes.length = 0;
    this.refIds.length = 0;
    this.refRids.length = 0;
    this.strings.reset();
    this.dates.count = 0;
    this.numbers.count = 0;
    if (this.wordings.length > 0) this.wordings = [];
  }

  present(ordinal: number): void {
    if (ordinal < 32) this.presentLo |= 1 << ordinal;
    else this.presentHi |= 1 << (ordinal - 32);
  }

  /** Adds a token unless it is there. */
  token(hi: number, lo: number): void {
    const at = this.tokenCount * 2;
    const tokens = this.tokens;
    if (this.tokenCount < shortList) {
      for (let i = 0; i < at; i += 2) if (tokens[i + 1] === lo && tokens[i] === hi) return;
    } else if (this.#knownInLongList(hi, lo)) {
      return;
    }
    if (at === tokens.length) this.tokens = grown(tokens);
    this.tokens[at] = hi;
    this.tokens[at + 1] = lo;
    this.tokenCount++;
  }

  #knownInLongList(hi: number, lo: number): boolean {
    const known = this.#longList;
    if (this.tokenCount === shortList) {
      known.clear();
      for (let i = 0; i < shortList; i++) remember(known, this.tokens[i * 2]!, this.tokens[i * 2 + 1]!);
    }
    return remember(known, hi, lo);
  }

  reference(hi: number, lo: number, type: string, id: string, rid: string): void {
    const at = this.refCount * 2;
    const hashes = this.refHashes;
    if (this.refCount < shortList) {
      for (let i = 0; i < at; i += 2) if (hashes[i + 1] === lo && hashes[i] === hi) return;
    }
    if (at === hashes.length) this.refHashes = grown(hashes);
    this.refHashes[at] = hi;
    this.refHashes[at + 1] = lo;
    this.refTypes.push(type);
    this.refIds.push(id);
    this.refRids.push(rid);
    this.refCount++;
  }

  wording(wording: Wording): void {
    if (!wording.stored && !this.wordings.includes(wording)) this.wordings.push(wording);
  }
}

/** A dictionary entry: which token stands for a wording of a parameter. Set `stored` once its row is committed. */
export type Wording = { hi: number; lo: number; type: number; param: number; value: string; stored: boolean };

/** A new dictionary entry of a parameter, under the token given. */
export const wordingOf = ({ hi, lo }: Halves, param: Param, value: string): Wording => ({
  hi,
  lo,
  type: typeNumber(param.type),
  param: param.ordinal,
  value,
  stored: false,
});

/** Rows of search_string, field by field. */
export class StringRows {
  count = 0;
  params: number[] = [];
  values: string[] = [];
  exacts: string[] = [];

  reset(): void {
    this.count = 0;
    this.params.length = 0;
    this.values.length = 0;
    this.exacts.length = 0;
  }

  add(param: number, value: string, exact: string): void {
    if (this.count < shortList) {
      for (let i = 0; i < this.count; i++) if (this.params[i] === param && this.exacts[i] === exact) return;
    }
    this.params.push(param);
    this.values.push(value);
    this.exacts.push(exact);
    this.count++;
  }
}

/** Rows of search_date and search_number, field by field. `hashes` holds four halves a row: qualifier, then unit. */
export class RangeRows {
  count = 0;
  params = new Int16Array(16);
  hashes = new Int32Array(64);
  lows = new Float64Array(16);
  highs = new Float64Array(16);

  add(
    param: number,
    qualifierHi: number,
    qualifierLo: number,
    unitHi: number,
    unitLo: number,
    low: number,
    high: number,
  ): void {
    const row = this.count;
    const at = row * 4;
    const compared = row < shortList ? row : 0;
    for (let i = 0; i < compared; i++) {
      if (
        this.params[i] === param &&
        this.lows[i] === low &&
        this.highs[i] === high &&
        this.hashes[i * 4] === qualifierHi &&
        this.hashes[i * 4 + 1] === qualifierLo &&
        this.hashes[i * 4 + 2] === unitHi &&
        this.hashes[i * 4 + 3] === unitLo
      ) {
        return;
      }
    }
    if (row === this.params.length) this.#grow();
    this.params[row] = param;
    this.hashes[at] = qualifierHi;
    this.hashes[at + 1] = qualifierLo;
    this.hashes[at + 2] = unitHi;
    this.hashes[at + 3] = unitLo;
    this.lows[row] = low;
    this.highs[row] = high;
    this.count++;
  }

  #grow(): void {
    const size = this.params.length * 2;
    const params = new Int16Array(size);
    params.set(this.params);
    this.params = params;
    const hashes = new Int32Array(size * 4);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const lows = new Float64Array(size);
    lows.set(this.lows);
    this.lows = lows;
    const highs = new Float64Array(size);
    highs.set(this.highs);
    this.highs = highs;
  }
}

/** True when the pair was there; else adds it. */
function remember(known: Map<number, number[]>, hi: number, lo: number): boolean {
  const list = known.get(lo);
  if (list === undefined) known.set(lo, [hi]);
  else if (list.includes(hi)) return true;
  else list.push(hi);
  return false;
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(old.length * 2);
  larger.set(old);
  return larger;
}
