import type { Resource } from '../types.ts';
import type { CodeSystem, CodeSystemConcept } from './types.ts';

type RawConcept = { code: string; display?: string; property?: RawProperty[]; concept?: RawConcept[] };
type RawProperty = { code: string; [key: string]: unknown };

/** Reads a CodeSystem; a concept's parents come from nesting and from `parent` or `subsumedBy` properties. */
export function toCodeSystem(raw: Resource): CodeSystem {
  const concepts = new Map<string, CodeSystemConcept>();
  addConcepts(concepts, raw['concept'] as RawConcept[] | undefined, undefined);
  return {
    url: String(raw['url']),
    version: raw['version'] as string | undefined,
    content:
      raw['supplements'] === undefined
        ? ((raw['content'] as CodeSystem['content'] | undefined) ?? 'complete')
        : 'supplement',
    caseSensitive: raw['caseSensitive'] !== false,
    valueSet: raw['valueSet'] as string | undefined,
    supplements: raw['supplements'] as string | undefined,
    concepts,
  };
}

function addConcepts(
  into: Map<string, CodeSystemConcept>,
  list: RawConcept[] | undefined,
  parent: string | undefined,
): void {
  for (const raw of list ?? []) {
    const known = into.get(raw.code);
    const concept: CodeSystemConcept = known ?? {
      code: raw.code,
      display: raw.display,
      parents: [],
      properties: new Map(),
    };
    if (parent !== undefined) concept.parents.push(parent);
    for (const property of raw.property ?? []) addProperty(concept, property);
    into.set(raw.code, concept);
    addConcepts(into, raw.concept, raw.code);
  }
}

function addProperty(concept: CodeSystemConcept, property: RawProperty): void {
  const value = Object.entries(property).find(([key]) => key.startsWith('value'))?.[1];
  const text =
    typeof value === 'object' && value !== null ? String((value as { code?: string }).code) : String(value);
  const { code } = property;
  if (code === 'parent' || code === 'subsumedBy') concept.parents.push(text);
  if (code === 'notSelectable' && text === 'true') concept.abstract = true;
  if (code === 'inactive' && text === 'true') concept.inactive = true;
  if (code === 'status' && (text === 'retired' || text === 'inactive')) concept.inactive = true;
  concept.properties.set(code, [...(concept.properties.get(code) ?? []), text]);
}

/** True when `code` is `ancestor` or lies below it. */
export function isA(system: CodeSystem, code: string, ancestor: string): boolean {
  const seen = new Set<string>();
  const waiting = [code];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === ancestor) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(system.concepts.get(next)?.parents ?? []));
  }
  return false;
}
