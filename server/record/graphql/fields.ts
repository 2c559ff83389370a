import { shapeOf, type Child } from '../formats/index.ts';
import type { Definitions } from '../definitions/index.ts';

/**
 * What a selection set is applied to. `shape` is a type (`Patient`, `HumanName`) or a backbone path (`Patient.contact`);
 * `resource` is a place that any type of resource may take.
 */
export type Scope =
  | { kind: 'system' }
  | { kind: 'shape'; shape: string; isRoot?: boolean }
  | { kind: 'resource' }
  | { kind: 'connection'; type: string }
  | { kind: 'edge'; type: string };

/** What a field name means in a scope. */
export type Field =
  | { kind: 'typeName' | 'resourceType' | 'introspection' }
  | { kind: 'element'; child: Child }
  | { kind: 'twin'; child: Child }
  | { kind: 'target' }
  | { kind: 'read' | 'list' | 'connection'; type: string }
  | { kind: 'page'; property: PageProperty }
  | { kind: 'edges' | 'match'; type: string }
  | { kind: 'edgeValue'; property: 'mode' | 'score' };

export type PageProperty = 'total' | 'offset' | 'pageSize' | 'first' | 'previous' | 'next' | 'last';

const pageProperties = new Map<string, PageProperty>([
  ['count', 'total'],
  ['offset', 'offset'],
  ['pagesize', 'pageSize'],
  ['pageSize', 'pageSize'],
  ['first', 'first'],
  ['previous', 'previous'],
  ['next', 'next'],
  ['last', 'last'],
]);

/** Finds what a field means in a scope; undefined when FHIR GraphQL has no such field there. */
export function fieldIn(scope: Scope, name: string, definitions: Definitions): Field | undefined {
  if (name === '__typename') return { kind: 'typeName' };
  if (name === '__schema' || name === '__type') return isRoot(scope) ? { kind: 'introspection' } : undefined;
  switch (scope.kind) {
    case 'system':
      return systemField(name, definitions);
    case 'connection':
      return name === 'edges' ? { kind: 'edges', type: scope.type } : pageField(name);
    case 'edge':
      if (name === 'resource') return { kind: 'match', type: scope.type };
      return name === 'mode' || name === 'score' ? { kind: 'edgeValue', property: name } : undefined;
    case 'shape':
      return shapeField(scope.shape, name, definitions);
    case 'resource':
      return name === 'resourceType' ? { kind: 'resourceType' } : searchField(name, definitions);
  }
}

function isRoot(scope: Scope): boolean {
  return scope.kind === 'system' || (scope.kind === 'shape' && scope.isRoot === true);
}

function systemField(name: string, definitions: Definitions): Field | undefined {
  return definitions.isResourceType(name) ? { kind: 'read', type: name } : searchField(name, definitions);
}

function searchField(name: string, definitions: Definitions): Field | undefined {
  for (const [suffix, kind] of [
    ['List', 'list'],
    ['Connection', 'connection'],
  ] as const) {
    const type = name.endsWith(suffix) ? name.slice(0, -suffix.length) : '';
    if (definitions.isResourceType(type)) return { kind, type };
  }
  return undefined;
}

function pageField(name: string): Field | undefined {
  const property = pageProperties.get(name);
  return property === undefined ? undefined : { kind: 'page', property };
}

function shapeField(path: string, name: string, definitions: Definitions): Field | undefined {
  const shape = shapeOf(definitions, path);
  const child = shape.get(name);
  if (child !== undefined) return { kind: 'element', child };
  const primitive = name.startsWith('_') ? shape.get(name.slice(1)) : undefined;
  if (primitive?.kind === 'primitive' && !primitive.xmlAttribute) return { kind: 'twin', child: primitive };
  if (path === 'Reference' && name === 'resource') return { kind: 'target' };
  if (!definitions.isResourceType(path)) return undefined;
  return name === 'resourceType' ? { kind: 'resourceType' } : searchField(name, definitions);
}

/** The name of a scope's type in GraphQL: `PatientContact` for `Patient.contact`. */
export function typeNameOf(scope: Scope): string {
  switch (scope.kind) {
    case 'system':
      return 'Query';
    case 'resource':
      return 'Resource';
    case 'connection':
      return `${scope.type}Connection`;
    case 'edge':
      return `${scope.type}Edge`;
    case 'shape':
      return graphQlName(scope.shape);
  }
}

export function graphQlName(shape: string): string {
  return shape.replaceAll(/\.([a-z])/g, (_dot, letter: string) => letter.toUpperCase());
}

const abstractTypes = new Set(['Resource', 'DomainResource', 'Element', 'BackboneElement']);

/** The scope of a fragment on a type, within another scope; undefined when there is no such type. */
export function narrowed(scope: Scope, typeName: string, definitions: Definitions): Scope | undefined {
  if (typeName === typeNameOf(scope) || abstractTypes.has(typeName)) return scope;
  if (definitions.isResourceType(typeName) || definitions.dataTypes.includes(typeName))
    return { kind: 'shape', shape: typeName };
  return undefined;
}

/** Says whether a fragment on a type applies to a value of a given type. */
export function applies(typeName: string, scope: Scope): boolean {
  return typeName === typeNameOf(scope) || (scope.kind === 'shape' && abstractTypes.has(typeName));
}
