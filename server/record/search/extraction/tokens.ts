import { hashText, mixToken, variant, type Halves } from '../hash.ts';
import { systemOf } from '../parameters/code-systems.ts';
import type { Param } from '../parameters/types.ts';
import { normalise, soundex } from '../words.ts';
import { wordingOf, type IndexRow, type Wording } from './index-row.ts';

type Coding = { system?: unknown; code?: unknown; display?: unknown };
type CodeableConcept = { coding?: Coding[]; text?: unknown };
type Identifier = { system?: unknown; value?: unknown; type?: CodeableConcept };

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const c: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };

/**
 * Adds the tokens of a code and its system. Codes are compared without case: FHIR R4, Search, token: "when in doubt,
 * servers SHOULD treat tokens in a case-insensitive manner".
 */
export function addCode(row: IndexRow, param: Param, system: unknown, code: unknown): void {
  const hasSystem = typeof system === 'string' && system !== '';
  if (hasSystem) {
    hashText(system, a);
    mixToken(param.seed, variant.systemOnly, a.hi, a.lo, 0, 0, 0, out);
    row.token(out.hi, out.lo);
  }
  if (typeof code !== 'string') {
    if (hasSystem) row.present(param.ordinal);
    return;
  }
  row.present(param.ordinal);
  hashText(code.toLowerCase(), b);
  mixToken(param.seed, variant.code, 0, 0, b.hi, b.lo, param.counted, out);
  row.token(out.hi, out.lo);
  if (hasSystem) mixToken(param.seed, variant.systemAndCode, a.hi, a.lo, b.hi, b.lo, param.counted, out);
  else mixToken(param.seed, variant.codeWithoutSystem, 0, 0, b.hi, b.lo, 0, out);
  row.token(out.hi, out.lo);
}

export function addCodeableConcept(row: IndexRow, param: Param, value: CodeableConcept): void {
  const codings = value.coding;
  if (Array.isArray(codings)) {
    for (let i = 0; i < codings.length; i++) if (codings[i] != null) addCoding(row, param, codings[i]!);
  }
  if (typeof value.text === 'string') addWording(row, param, value.text);
}

export function addCoding(row: IndexRow, param: Param, value: Coding): void {
  addCode(row, param, value.system, value.code);
  if (typeof value.display === 'string') addWording(row, param, value.display);
}

/** A bare code beside codings of the same parameter: its system is the one its value set says. */
export function addBareCode(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value === 'string') addCode(row, param, systemOf(param.codeSystems, value), value);
}

/** A text that stands for itself: its code token only. A code's system follows from the parameter. */
export function addPlainCode(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value !== 'string') return;
  row.present(param.ordinal);
  hashText(value.toLowerCase(), b);
  mixToken(param.seed, variant.code, 0, 0, b.hi, b.lo, param.counted, out);
  row.token(out.hi, out.lo);
}

export function addBoolean(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value === 'boolean') addPlainCode(row, param, value ? 'true' : 'false');
}

export function addIdentifier(row: IndexRow, param: Param, value: Identifier): void {
  addCode(row, param, value.system, value.value);
  const type = value.type;
  if (type == null) return;
  if (typeof type.text === 'string') addWording(row, param, type.text);
  if (typeof value.value !== 'string' || !Array.isArray(type.coding)) return;
  for (const coding of type.coding) {
    if (typeof coding?.code === 'string') addOfType(row, param, coding, value.value);
  }
}

function addOfType(row: IndexRow, param: Param, coding: Coding, value: string): void {
  ofTypeToken(
    param.seed,
    typeof coding.system === 'string' ? coding.system : '',
    String(coding.code),
    value,
    out,
  );
  row.token(out.hi, out.lo);
}

/** The token of `:of-type`: the system and code of an identifier's type, and its value. */
export function ofTypeToken(seed: Halves, system: string, code: string, value: string, into: Halves): void {
  hashText(system, a);
  hashText(code.toLowerCase(), b);
  hashText(value.toLowerCase(), c);
  mixToken(seed, variant.ofType, a.hi, a.lo, b.hi, b.lo, 0, into);
  mixToken(into, variant.ofType, c.hi, c.lo, 0, 0, 0, into);
}

/** Phone numbers and addresses of mail: the value; the system says only which kind. */
export function addContactPoint(
  row: IndexRow,
  param: Param,
  value: { value?: unknown; use?: unknown },
): void {
  if (typeof value.value !== 'string') return;
  row.present(param.ordinal);
  hashText(value.value.toLowerCase(), b);
  mixToken(param.seed, variant.code, 0, 0, b.hi, b.lo, param.counted, out);
  row.token(out.hi, out.lo);
  if (typeof value.use !== 'string') return;
  hashText(value.use, a);
  mixToken(param.seed, variant.systemAndCode, a.hi, a.lo, b.hi, b.lo, param.counted, out);
  row.token(out.hi, out.lo);
}

/** Adds the dictionary entry of a URI, under its own token, so that `:below` and `:above` find it. */
export function addUriWording(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value !== 'string') return;
  const known = wordingsOf(param);
  let wording = known.get(value);
  if (wording === undefined) {
    hashText(value, b);
    mixToken(param.seed, variant.uri, 0, 0, b.hi, b.lo, 0, out);
    wording = wordingOf(out, param, value);
    if (known.size >= mostWordings) known.clear();
    known.set(value, wording);
  }
  row.wording(wording);
}

const knownWordings = new Map<Param, Map<string, Wording>>();
const mostWordings = 50_000;

function wordingsOf(param: Param): Map<string, Wording> {
  let known = knownWordings.get(param);
  if (known === undefined) knownWordings.set(param, (known = new Map()));
  return known;
}

/** Adds the token of a wording, and its dictionary entry until it is known to be stored. */
export function addWording(row: IndexRow, param: Param, text: string): void {
  const known = wordingsOf(param);
  let wording = known.get(text);
  if (wording === undefined) {
    const value = normalise(text);
    if (value === '') return;
    hashText(value, b);
    mixToken(param.seed, variant.wording, 0, 0, b.hi, b.lo, 0, out);
    wording = wordingOf(out, param, value);
    if (known.size >= mostWordings) known.clear();
    known.set(text, wording);
  }
  row.present(param.ordinal);
  row.token(wording.hi, wording.lo);
  row.wording(wording);
}

/** Adds how a name's words sound. */
export function addSound(
  row: IndexRow,
  param: Param,
  value: { family?: unknown; given?: unknown; text?: unknown },
): void {
  addSoundOf(row, param, value.family);
  if (Array.isArray(value.given)) for (const given of value.given) addSoundOf(row, param, given);
  addSoundOf(row, param, value.text);
}

function addSoundOf(row: IndexRow, param: Param, text: unknown): void {
  if (typeof text !== 'string') return;
  row.present(param.ordinal);
  for (const word of normalise(text).split(' ')) {
    const sound = soundex(word);
    if (sound === '') continue;
    hashText(sound, b);
    mixToken(param.seed, variant.sound, 0, 0, b.hi, b.lo, 0, out);
    row.token(out.hi, out.lo);
  }
}

/** Adds the token of a URI, which is compared exactly. */
export function addUri(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value !== 'string') return;
  row.present(param.ordinal);
  hashText(value, b);
  mixToken(param.seed, variant.uri, 0, 0, b.hi, b.lo, 0, out);
  row.token(out.hi, out.lo);
}
