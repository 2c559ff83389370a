/** What every reader of a resource type needs, and gives. */
import type { Annotation } from '@medplum/fhirtypes';
import { sourceOf } from '../reading/sources.ts';
import type { Lookup } from '../reading/references.ts';
import type { Filed, Statement } from '../types.ts';

/** What a reader of one type finds out; who said it and when it came is added for all alike. */
export type Reading = Omit<Statement, 'type' | 'id' | 'source' | 'received' | 'facts'> & {
  facts: Record<string, string | undefined>;
};

export type Reader = (filed: Filed, lookup: Lookup) => Reading;

/** Completes a reading: drops empty facts, adds source and time. */
export function stateWith(reader: Reader, filed: Filed, lookup: Lookup): Statement {
  const reading = reader(filed, lookup);
  const facts: Record<string, string> = {};
  for (const name in reading.facts) {
    const value = reading.facts[name];
    if (value !== undefined && value !== '') facts[name] = value;
  }
  return {
    ...reading,
    facts,
    type: filed.resource.resourceType,
    id: filed.resource.id ?? '',
    source: sourceOf(filed, lookup),
    received: filed.lastUpdated,
  };
}

/** Several values as one, in a fixed order, so that their order in the resource does not matter. */
export function together(values: (string | undefined)[] | undefined): string | undefined {
  const known = values?.filter((value): value is string => Boolean(value)) ?? [];
  return known.length < 2 ? known[0] : [...new Set(known)].sort().join('; ');
}

export function notes(note: Annotation[] | undefined): string | undefined {
  return together(note?.map((each) => each.text));
}
