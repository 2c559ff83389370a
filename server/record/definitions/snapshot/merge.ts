import type { RawElement } from '../structure.ts';

const stated = /^(fixed|pattern|minValue|maxValue)[A-Z]/;
const replaced = [
  'min',
  'max',
  'type',
  'mustSupport',
  'isModifier',
  'isSummary',
  'maxLength',
  'sliceName',
] as const;

/** Lays the changes of a differential element over the element it constrains. */
export function mergeElement(base: RawElement, change: RawElement): RawElement {
  const merged: RawElement = { ...base };
  for (const key of replaced)
    if (change[key] !== undefined) (merged as Record<string, unknown>)[key] = change[key];
  for (const key of Object.keys(change)) {
    const kind = stated.exec(key)?.[1];
    if (kind === undefined) continue;
    for (const old of Object.keys(merged)) if (stated.exec(old)?.[1] === kind) delete merged[old];
    merged[key] = change[key];
  }
  if (change.binding) merged.binding = { ...base.binding, ...change.binding };
  if (change.slicing) merged.slicing = { ...base.slicing, ...change.slicing };
  if (change.constraint) {
    const keys = new Set(change.constraint.map((one) => one.key));
    merged.constraint = [
      ...(base.constraint ?? []).filter((one) => !keys.has(one.key)),
      ...change.constraint,
    ];
  }
  if (change.contentReference !== undefined) merged.contentReference = change.contentReference;
  return merged;
}
