import { listFields, textFields } from '../types.ts';
import type { Condition, Model } from './types.ts';

const fields: ReadonlySet<unknown> = new Set([...textFields, ...listFields]);
const fieldKeys: ReadonlySet<string> = new Set(['field', 'with', 'list']);
const numberKeys: ReadonlySet<string> = new Set(['atLeast', 'atMost', 'minLength', 'letters']);
const ops = {
  same: true,
  swapped: true,
  share: true,
  among: true,
  jaroWinkler: true,
  levenshtein: true,
  edits: true,
  initial: true,
  startsSame: true,
  yearsApart: true,
  daysApart: true,
  postcodePart: true,
  missing: true,
  all: true,
  any: true,
  not: true,
} as const satisfies Record<Condition['op'], true>;

/** The places of a model from outside where something stands that must not go into a function: no field, no number, no condition. */
export function modelFaults({ comparisons, vetoes }: Pick<Model, 'comparisons' | 'vetoes'>): string[] {
  return [...faultsIn(comparisons, 'comparisons'), ...faultsIn(vetoes, 'vetoes')];
}

function faultsIn(node: unknown, place: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const here = `${place}.${key}`;
    if (fieldKeys.has(key) && value !== undefined && !fields.has(value)) return [here];
    if (key === 'fields' && !(Array.isArray(value) && value.every((each) => fields.has(each)))) return [here];
    if (numberKeys.has(key) && !(typeof value === 'number' && Number.isFinite(value))) return [here];
    if (key === 'part' && value !== 'sector' && value !== 'area') return [here];
    if (key === 'op' && !(typeof value === 'string' && Object.hasOwn(ops, value))) return [here];
    return faultsIn(value, here);
  });
}
