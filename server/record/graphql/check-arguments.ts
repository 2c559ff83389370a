import type { FieldNode } from 'graphql';
import { shapeOf, type Child } from '../formats/index.ts';
import type { Operation } from './document.ts';
import { argumentsOf } from './document.ts';
import { invalid } from './failure.ts';
import type { Field, Scope } from './fields.ts';
import { parameterNamed } from './search.ts';
import type { Definitions } from '../definitions/index.ts';

const listArguments = new Set(['fhirpath', '_fhirpath', '_offset', '_count']);
const cursors = new Set(['_cursor', 'cursor']);

/** Checks that a field takes the arguments given. Throws a failure for the first that it does not take. */
export function checkArguments(
  node: FieldNode,
  field: Field,
  scope: Scope,
  definitions: Definitions,
  operation: Operation,
): void {
  const names = (node.arguments ?? []).map(({ name }) => name.value);
  if (new Set(names).size < names.length) throw invalid('An argument stands twice', node);
  for (const argument of node.arguments ?? []) {
    if (!takes(field, scope, argument.name.value, definitions)) {
      throw invalid(`The field ${node.name.value} has no argument ${argument.name.value}`, argument);
    }
  }
  if (field.kind === 'read' && !names.includes('id'))
    throw invalid(`${field.type} needs the argument id`, node);
  if (field.kind === 'list' || field.kind === 'connection')
    checkReference(node, field.type, scope, definitions, operation);
}

function takes(field: Field, scope: Scope, name: string, definitions: Definitions): boolean {
  switch (field.kind) {
    case 'element':
      return elementTakes(field.child, name, definitions);
    case 'target':
      return name === 'optional' || name === 'type';
    case 'read':
      return name === 'id';
    case 'list':
    case 'connection':
      if (cursors.has(name)) return field.kind === 'connection' && scope.kind === 'system';
      if (name === '_reference') return scope.kind !== 'system';
      return (
        name === 'fhirpath' ||
        name === '_fhirpath' ||
        parameterNamed(field.type, name, definitions) !== undefined
      );
    default:
      return false;
  }
}

/** Primitives take no arguments; other elements may be chosen by FHIRPath, by place, or by the value of a child. */
function elementTakes(child: Child, name: string, definitions: Definitions): boolean {
  if (child.kind === 'resource') return listArguments.has(name);
  if (child.kind !== 'complex') return false;
  return listArguments.has(name) || shapeOf(definitions, child.shape).get(name)?.kind === 'primitive';
}

/** A search on a resource in focus looks for what refers to it. */
function checkReference(
  node: FieldNode,
  type: string,
  scope: Scope,
  definitions: Definitions,
  operation: Operation,
): void {
  if (scope.kind === 'system') return;
  const name = argumentsOf(node, operation).get('_reference');
  if (typeof name !== 'string')
    throw invalid('A search within a resource needs the argument _reference', node);
  const parameter = definitions
    .searchParameters(type)
    .find(({ code }) => code === parameterNamed(type, name, definitions));
  if (parameter?.type !== 'reference')
    throw invalid(`_reference names no reference search parameter of ${type}`, node);
}
