import type { Resource } from '../types.ts';
import { isTree, report, type Run } from './run.ts';

/** The same rules as `checkContained`, answered at once. */
export function hasSoundContained(resource: Resource): boolean {
  const { contained } = resource;
  if (!Array.isArray(contained)) return false;
  const used = new Set<string>();
  collectFragments(resource, used);
  const ids = new Set(contained.filter(isTree).map((one) => one['id']));
  if (ids.size !== contained.length || ids.has(undefined)) return false;
  return contained.every(
    (one: unknown) => isTree(one) && (used.has(`#${String(one['id'])}`) || refersToContainer(one)),
  );
}

/** Contained resources need their own ids, and must be referred to from the resource that contains them or refer to it (dom-3). */
export function checkContained(run: Run, resource: Resource, path: string): void {
  const { contained } = resource;
  if (!Array.isArray(contained)) return;
  const used = new Set<string>();
  collectFragments(resource, used);
  const seen = new Set<string>();
  contained.forEach((one: unknown, at) => {
    if (!isTree(one)) return;
    const place = `${path}.contained[${at}]`;
    const { id } = one;
    if (typeof id !== 'string') {
      report(
        run,
        'error',
        'invariant',
        place,
        'A contained resource needs an id, so that it can be referred to.',
        'dom-3',
      );
      return;
    }
    if (seen.has(id))
      report(
        run,
        'error',
        'duplicate',
        `${place}.id`,
        'Two contained resources have the same id. Give each its own.',
      );
    seen.add(id);
    if (!used.has(`#${id}`) && !refersToContainer(one)) {
      const text = 'Nothing refers to this contained resource. Add a reference to it or remove it (dom-3).';
      report(run, 'error', 'invariant', place, text, 'dom-3');
    }
  });
}

/** Ids of elements must be unique within one resource; contained resources have their own. A StructureDefinition states its elements twice. */
export function checkElementIds(run: Run, resource: Resource, path: string): void {
  if (resource.resourceType === 'StructureDefinition') return;
  const seen = new Set<string>();
  const visit = (value: unknown, isResource: boolean): void => {
    if (Array.isArray(value)) {
      for (const one of value) visit(one, false);
    } else if (isTree(value) && (isResource || value['resourceType'] === undefined)) {
      const { id } = value;
      if (!isResource && typeof id === 'string') {
        if (seen.has(id))
          report(
            run,
            'error',
            'duplicate',
            path,
            'Two elements of the resource have the same id. Give each its own.',
          );
        seen.add(id);
      }
      for (const key in value) visit(value[key], false);
    }
  };
  visit(resource, true);
}

function collectFragments(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (value.startsWith('#')) into.add(value);
  } else if (Array.isArray(value)) {
    for (const one of value) collectFragments(one, into);
  } else if (isTree(value)) {
    for (const key in value) collectFragments(value[key], into);
  }
}

function refersToContainer(value: unknown): boolean {
  const found = new Set<string>();
  collectFragments(value, found);
  return found.has('#');
}
