import { parseJson } from '../../formats/index.ts';
import type { Resource, StoredResource } from '../../types.ts';
import type { Step } from './plan.ts';

/** The version each step's resource will have: one more than now, or the same when nothing new is said. */
export function versionsAfter(
  steps: readonly Step[],
  current: ReadonlyMap<string, StoredResource>,
): Map<string, number> {
  return new Map(
    steps.map((step) => {
      const key = `${step.type}/${step.id}`;
      const stored = current.get(key);
      if (stored === undefined) return [key, 1];
      return [key, isSame(step, stored) ? stored.version : stored.version + 1];
    }),
  );
}

function isSame(step: Step, stored: StoredResource): boolean {
  if (step.action === 'exists') return true;
  if (stored.deleted || step.entry.resource === undefined) return false;
  return saying(parseJson(stored.content)) === saying(step.entry.resource);
}

/** A resource as text, without what the server adds. */
function saying(resource: Resource): string {
  const { resourceType, id: _id, meta = {}, ...rest } = resource;
  const { versionId: _version, lastUpdated: _at, ...kept } = meta;
  return JSON.stringify([resourceType, kept, rest]);
}
