import { Problem } from '../../platform/errors.ts';
import { parseJson, parseJsonValue } from '../formats/index.ts';
import { fhirPathPatch, jsonPatch } from '../patch/index.ts';
import type { Resource, StoredResource } from '../types.ts';

/** The resource as it is after a JSON Patch. */
export function withJsonPatch(before: StoredResource, operations: unknown): Resource {
  return sameIdentity(before, jsonPatch(parseJson(before.content), operations));
}

/** The resource as it is after the patch that a resource holds: FHIRPath Patch in Parameters, JSON Patch in a Binary. */
export function withPatchResource(before: StoredResource, patch: Resource): Resource {
  if (patch.resourceType === 'Parameters') {
    return sameIdentity(before, fhirPathPatch(parseJson(before.content), patch));
  }
  if (patch.resourceType === 'Binary') return withJsonPatch(before, operationsIn(patch));
  throw new Problem('rest/patch-body', 415, 'A patch is a JSON Patch or a FHIRPath Patch.', {
    wayOut:
      'Send application/json-patch+json, or Parameters as application/fhir+json or application/fhir+xml.',
  });
}

function sameIdentity(before: StoredResource, after: Resource): Resource {
  if (after.resourceType === before.type && after.id === before.id) return after;
  throw new Problem('rest/patch-identity', 400, 'A patch cannot change the type or the id of a resource.', {
    place: `${before.type}.id`,
    wayOut: 'Leave resourceType and id out of the patch.',
  });
}

/** The JSON Patch that a bundle carries as a Binary. Source: FHIR R4 http.html#patch. */
function operationsIn(binary: Resource): unknown {
  const { contentType, data } = binary as { contentType?: unknown; data?: unknown };
  if (
    typeof data === 'string' &&
    typeof contentType === 'string' &&
    contentType.startsWith('application/json-patch+json')
  ) {
    return parseJsonValue(Buffer.from(data, 'base64').toString('utf8'));
  }
  throw new Problem('rest/patch-binary', 400, 'The Binary does not hold a JSON Patch.', {
    place: 'Binary.contentType',
    wayOut: 'Set contentType to application/json-patch+json and data to the patch in base64.',
  });
}
