import type { FieldNode } from 'graphql';
import type { Resource } from '../types.ts';
import { unanswerable } from './failure.ts';
import type { Scope } from './fields.ts';

export type Json = Record<string, unknown>;

/** Something with fields: an element, a resource, or a page of a search. `container` holds its contained resources. */
export type Node = { scope: Scope; shape: string; object: Json; container: Json | undefined };

export function resourceNode(resource: Resource): Node {
  return elementNode(resource.resourceType, resource, resource);
}

export function elementNode(shape: string, object: Json, container: Json | undefined): Node {
  return { scope: { kind: 'shape', shape }, shape, object, container };
}

export function edgeNode(type: string, entry: Json): Node {
  return { scope: { kind: 'edge', type }, shape: '', object: entry, container: undefined };
}

/** What a reverse search looks for: the resource itself; nothing at system level. */
export function focusOf({ scope, object }: Node, field: FieldNode): string | undefined {
  if (scope.kind === 'system') return undefined;
  if (typeof object['id'] !== 'string')
    throw unanswerable('invalid', 'A resource without an id has nothing that refers to it', field);
  return `${String(object['resourceType'])}/${object['id']}`;
}

/** The contained resource that a local reference names; the container itself for `#`. */
export function containedIn(container: Json | undefined, id: string): Resource | undefined {
  if (id === '') return container as Resource | undefined;
  const list = container?.['contained'];
  return Array.isArray(list) ? (list as Resource[]).find((resource) => resource.id === id) : undefined;
}
