import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Change, Resource } from '../types.ts';

/**
 * The Provenance that an X-Provenance header asks to be stored with the changes, pointing to all that they put.
 * Source: FHIR R4 provenance.html#header.
 */
export function provenanceChange(
  provenance: Resource | undefined,
  changes: readonly Change[],
): Change | undefined {
  const puts = changes.filter((change) => change.kind === 'put');
  if (provenance === undefined || puts.length === 0) return undefined;
  const id = newId();
  const resource = {
    ...provenance,
    id,
    target: puts.map((change) => ({ reference: `${change.type}/${change.id}` })),
  };
  return { kind: 'put', type: 'Provenance', id, resource, mustBeNew: true };
}

/** Checks what an X-Provenance header holds, before anything else is done. */
export function requireProvenance(resource: Resource): Resource {
  if (resource.resourceType === 'Provenance' && !('target' in resource)) return resource;
  throw new Problem('rest/x-provenance', 400, 'X-Provenance must hold a Provenance without a target.', {
    place: 'X-Provenance',
    wayOut: 'Send a Provenance as JSON; the server adds the target.',
  });
}
