import type { Resource } from '../../types.ts';
import type { Call, Query } from '../call.ts';

type Part = { name?: unknown; resource?: unknown; [key: string]: unknown };

/** The simple parameters of an operation, from the address and from a Parameters body. */
export function parametersOf(call: Call): Query {
  if (call.body?.kind !== 'resource') return call.query;
  const pairs: [string, string][] = [...call.query];
  for (const part of partsOf(call.body.take())) {
    const value = Object.entries(part).find(([key]) => key.startsWith('value'))?.[1];
    if (
      typeof part.name === 'string' &&
      (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    ) {
      pairs.push([part.name, String(value)]);
    }
  }
  return pairs;
}

/** The resource a Parameters body carries under a name. */
export function resourceParameter(body: Resource, name: string): Resource | undefined {
  const found = partsOf(body).find((part) => part.name === name)?.resource;
  return typeof found === 'object' && found !== null && 'resourceType' in found
    ? (found as Resource)
    : undefined;
}

function partsOf(body: Resource): Part[] {
  const parts = body.resourceType === 'Parameters' ? body['parameter'] : undefined;
  return Array.isArray(parts) ? parts.filter((part) => typeof part === 'object' && part !== null) : [];
}
