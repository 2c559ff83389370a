import { Problem } from '../../../platform/errors.ts';
import type { Change, Issue, Resource, StoredResource } from '../../types.ts';
import { objections } from '../accept.ts';
import { Unacceptable } from '../outcome.ts';
import { withJsonPatch, withPatchResource } from '../patching.ts';
import { versionWanted } from '../preconditions.ts';
import type { FhirServices } from '../services.ts';
import { requireMatch } from '../write.ts';
import { placeIn } from './entries.ts';
import type { Step } from './plan.ts';

/**
 * The changes that carry out the steps, each checked. Throws one Unacceptable with all that was found in any of them.
 * @param current the stored resources that patches start from, by `Type/id`.
 */
export function changesOf(
  services: FhirServices,
  steps: readonly Step[],
  current: ReadonlyMap<string, StoredResource>,
): Change[] {
  const issues: Issue[] = [];
  const changes = steps.map((step): Change => {
    const ifVersion = versionWanted(step.entry.ifMatch);
    const { type, id } = step;
    if (step.action === 'delete') return { kind: 'delete', type, id, ...(ifVersion && { ifVersion }) };
    if (step.action === 'patch') {
      const before = current.get(`${type}/${id}`);
      const resource = patchOf(step, before, ifVersion);
      issues.push(...objections(services, resource, resourcePlace(step)));
      return { kind: 'put', type, id, resource, ifVersion: before!.version };
    }
    const resource = resourceOf(step);
    issues.push(...objections(services, resource, resourcePlace(step)));
    const mustBeNew = step.action === 'create' || step.entry.ifNoneMatch?.trim() === '*';
    return {
      kind: 'put',
      type,
      id,
      resource,
      ...(ifVersion && { ifVersion }),
      ...(mustBeNew && { mustBeNew }),
    };
  });
  if (issues.length > 0) throw new Unacceptable(issues);
  return changes;
}

/** Where the resource of a step stands: `Bundle.entry[3].resource`, or `Patient` when it was sent by itself. */
const resourcePlace = ({ entry, type }: Step): string =>
  entry.place === '' ? type : `${entry.place}.resource`;

/** The resource to store, with the id it will have. */
function resourceOf(step: Step): Resource {
  const { entry, type, id } = step;
  const resource = entry.resource!;
  requireMatch(resource, type, entry.interaction === 'update' ? id : undefined, resourcePlace(step));
  resource.id = id;
  return resource;
}

function patchOf(step: Step, before: StoredResource | undefined, ifVersion: number | undefined): Resource {
  const place = placeIn(step.entry, 'request');
  if (before === undefined || before.deleted) {
    throw new Problem('rest/not-found', 404, 'There is no such resource to patch.', {
      place,
      wayOut: 'Check the id, or create the resource first.',
    });
  }
  if (ifVersion !== undefined && ifVersion !== before.version) {
    throw new Problem(
      'rest/version',
      412,
      'The resource has changed since the version that If-Match names.',
      {
        place,
        wayOut: 'Read it again, decide again, and send the new version number.',
      },
    );
  }
  const { resource, jsonPatch } = step.entry;
  return resource === undefined ? withJsonPatch(before, jsonPatch) : withPatchResource(before, resource);
}
