import type { Path } from '../parameters/paths.ts';
import type { Param } from '../parameters/types.ts';
import { isResourceType } from '../../resource-types.ts';
import type { Resource } from '../../types.ts';

/** A reference to a resource of this server, or the canonical URL of one. */
export type FoundReference = { type: string; id: string };

/** The local references that a reference parameter finds in a resource. */
export function referencesIn(param: Param, resource: Resource): FoundReference[] {
  const found: FoundReference[] = [];
  for (const member of param.members) {
    for (const path of member.paths) {
      for (const value of valuesAt(resource, path)) {
        const reference = localReference(value, path);
        if (reference !== undefined) found.push(reference);
      }
    }
  }
  return found;
}

/** The canonical URLs that a reference parameter finds in a resource. */
export function canonicalsIn(param: Param, resource: Resource): string[] {
  return param.members.flatMap((member) =>
    member.paths
      .filter((path) => path.type === 'canonical' || path.type === 'uri')
      .flatMap((path) => valuesAt(resource, path).filter((value) => typeof value === 'string')),
  );
}

function localReference(value: unknown, path: Path): FoundReference | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { reference } = value as { reference?: unknown };
  if (typeof reference !== 'string') return undefined;
  const [type = '', id = ''] = reference.split('/');
  if (!isResourceType(type) || id === '' || (path.target !== undefined && path.target !== type))
    return undefined;
  return { type, id };
}

/** The values at a path of a resource. */
export function valuesAt(resource: Resource, path: Path): unknown[] {
  let values: unknown[] = [resource];
  for (const step of path.steps) {
    values = values.flatMap((value) => {
      const next = (value as Record<string, unknown>)[step.key];
      const list = next === undefined || next === null ? [] : Array.isArray(next) ? next : [next];
      const taken = step.index === undefined ? list : list.slice(step.index, step.index + 1);
      const { where } = step;
      return taken.filter(
        (one) =>
          one !== null &&
          (where === undefined || (one as Record<string, unknown>)[where.key] === where.value),
      );
    });
  }
  return values;
}
