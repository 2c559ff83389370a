import type { Policy } from '../policy/schema.ts';

/** What one version of the policy changed of the one before. */
export type Difference = {
  place: string;
  name: string;
  what: 'added' | 'removed' | 'changed';
  fields: string[];
};

const lists = {
  branches: 'id',
  needs: 'id',
  refusals: 'id',
  duties: 'id',
  profiles: 'profile',
  labels: 'label',
  relationships: 'kind',
} as const;

/** What changed from one version of the policy to the next, statement by statement. Those without a name of their own by place. */
export function differences(before: Policy, after: Policy): Difference[] {
  return Object.keys({ ...before, ...after }).flatMap((place) => {
    const [old, now] = [valueAt(before, place), valueAt(after, place)];
    if (Array.isArray(old) && Array.isArray(now))
      return ofLists(place, old as Statement[], now as Statement[]);
    if (place === 'version' || place === 'from' || place === 'note') return [];
    return same(old, now) ? [] : [changed(place, place, old, now)];
  });
}

type Statement = Record<string, unknown>;

function ofLists(place: string, old: readonly Statement[], now: readonly Statement[]): Difference[] {
  const field = (lists as Record<string, string>)[place];
  const named = (all: readonly Statement[]) =>
    new Map(all.map((each, at) => [field === undefined ? String(at + 1) : String(each[field]), each]));
  const [was, is] = [named(old), named(now)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [before, after] = [was.get(name), is.get(name)];
    if (before === undefined) return [{ place, name, what: 'added', fields: [] }];
    if (after === undefined) return [{ place, name, what: 'removed', fields: [] }];
    return same(before, after) ? [] : [changed(place, name, before, after)];
  });
}

function changed(place: string, name: string, old: unknown, now: unknown): Difference {
  const isObject = typeof old === 'object' && typeof now === 'object' && old !== null && now !== null;
  const fields = isObject
    ? Object.keys({ ...old, ...now }).filter((key) => !same(valueAt(old, key), valueAt(now, key)))
    : [];
  return { place, name, what: 'changed', fields };
}

const valueAt = (of: object, key: string): unknown => (of as Record<string, unknown>)[key];
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
