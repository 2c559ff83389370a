/** Follows references between the resources at hand. */
import type { Reference } from '@medplum/fhirtypes';
import type { Resource } from '../../types.ts';

/** Finds a resource by `Type/id`; undefined when it is not at hand. */
export type Lookup = (reference: string) => Resource | undefined;

/** Makes a lookup over resources. A version part of a reference (`/_history/2`) is ignored. */
export function lookupOver(resources: Iterable<Resource>): Lookup {
  const known = new Map<string, Resource>();
  for (const resource of resources)
    if (resource.id !== undefined) known.set(`${resource.resourceType}/${resource.id}`, resource);
  return (reference) => known.get(reference) ?? known.get(withoutVersion(reference));
}

function withoutVersion(reference: string): string {
  const history = reference.indexOf('/_history/');
  return history < 0 ? reference : reference.slice(0, history);
}

/** The type a reference points at, as far as its text tells. */
export function referenceType(reference: Reference | undefined): string | undefined {
  const parts = withoutVersion(reference?.reference ?? '').split('/');
  return reference?.type ?? (parts.length > 1 ? parts.at(-2) : undefined);
}

/** The resource a reference points at: contained in its owner, or found by lookup. */
export function follow(
  reference: Reference | undefined,
  owner: Resource,
  lookup: Lookup,
): Resource | undefined {
  const text = reference?.reference;
  if (text === undefined) return undefined;
  if (!text.startsWith('#')) return lookup(text);
  const contained = owner['contained'] as Resource[] | undefined;
  return contained?.find((each) => each.id === text.slice(1));
}
