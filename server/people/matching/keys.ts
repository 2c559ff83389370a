import type { BlockingRule, KeyPart, Model } from './model/types.ts';
import type { Normalised } from './types.ts';

/**
 * The blocking keys of one record: one signed 64-bit number for each rule and value, sorted, without repeats. Records that
 * share a key are worth comparing. Rules for batches only are left out.
 */
export function keysOf(record: Normalised, model: Model): bigint[] {
  const keys = new Set<bigint>();
  for (const rule of model.blocking) {
    if (rule.batchOnly) continue;
    for (const text of keyTexts(record, rule)) keys.add(hash64(`${rule.name}\u0001${text}`));
  }
  return [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The texts a rule makes of a record: none where a part is missing, several where a part is a list. */
export function keyTexts(record: Normalised, rule: BlockingRule): string[] {
  let texts = [''];
  for (const part of rule.parts) {
    const values = partValues(record, part);
    if (values.length === 0) return [];
    texts = texts.flatMap((text) => values.map((value) => (text === '' ? value : `${text}\u0001${value}`)));
  }
  return texts;
}

function partValues(record: Normalised, part: KeyPart): string[] {
  if ('sorted' in part) {
    const [a, b] = [record[part.sorted[0]], record[part.sorted[1]]];
    if (a === undefined || b === undefined) return [];
    return [a < b ? `${a} ${b}` : `${b} ${a}`];
  }
  const value = record[part.field];
  const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
  const { letters } = part;
  return letters === undefined ? values : values.map((text) => text.slice(0, letters));
}

/** FNV-1a in two halves with different starts, each finished with the mixer of MurmurHash3. */
export function hash64(text: string): bigint {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return BigInt.asIntN(64, (BigInt(mixed(high ^ text.length)) << 32n) | BigInt(mixed(low)));
}

function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
