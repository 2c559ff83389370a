import { Kind, type DirectiveNode, type FieldNode, type SelectionSetNode, type ValueNode } from 'graphql';
import { checkArguments } from './check-arguments.ts';
import { directiveNamed, type Operation } from './document.ts';
import { invalid, tooCostly } from './failure.ts';
import { fieldIn, narrowed, type Field, type Scope } from './fields.ts';
import type { Definitions } from '../definitions/index.ts';
import type { Limits } from './types.ts';

/** Arguments that each directive takes. */
const directives = new Map<string, readonly string[]>([
  ['skip', ['if']],
  ['include', ['if']],
  ['flatten', []],
  ['first', []],
  ['singleton', []],
  ['slice', ['path', 'fhirpath']],
]);

/** Checks an operation against the definitions before anything is read. Throws the first failure found. */
export function checkOperation(
  operation: Operation,
  scope: Scope,
  definitions: Definitions,
  limits: Limits,
): void {
  new Checker(operation, definitions, limits).selections(operation.definition.selectionSet, scope, 1, []);
}

class Checker {
  readonly #operation: Operation;
  readonly #definitions: Definitions;
  readonly #limits: Limits;
  readonly #variables: Set<string>;
  #fields = 0;

  constructor(operation: Operation, definitions: Definitions, limits: Limits) {
    this.#operation = operation;
    this.#definitions = definitions;
    this.#limits = limits;
    this.#variables = new Set(
      (operation.definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
    );
  }

  /** `within` names the fragments being walked, so that one that uses itself is found. */
  selections(set: SelectionSetNode, scope: Scope, depth: number, within: string[]): void {
    if (depth > this.#limits.depth)
      throw tooCostly(`The query goes more than ${this.#limits.depth} levels deep`, set);
    for (const selection of set.selections) {
      this.#fields += 1;
      if (this.#fields > this.#limits.fields)
        throw tooCostly(`The query selects more than ${this.#limits.fields} fields`, selection);
      this.#directives(selection.directives ?? []);
      if (selection.kind === Kind.FIELD) this.#field(selection, scope, depth, within);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition;
        this.selections(
          selection.selectionSet,
          type === undefined ? scope : this.#narrow(scope, type.name.value, type),
          depth,
          within,
        );
      } else this.#spread(selection.name.value, selection, scope, depth, within);
    }
  }

  #spread(
    name: string,
    node: { loc?: unknown } & Parameters<typeof invalid>[1],
    scope: Scope,
    depth: number,
    within: string[],
  ): void {
    const fragment = this.#operation.fragments.get(name);
    if (fragment === undefined) throw invalid('There is no fragment of this name', node);
    if (within.includes(name)) throw invalid('A fragment uses itself', node);
    this.#directives(fragment.directives ?? []);
    const narrow = this.#narrow(scope, fragment.typeCondition.name.value, fragment.typeCondition);
    this.selections(fragment.selectionSet, narrow, depth, [...within, name]);
  }

  #narrow(scope: Scope, type: string, node: Parameters<typeof invalid>[1]): Scope {
    const narrow = narrowed(scope, type, this.#definitions);
    if (narrow === undefined) throw invalid('FHIR R4 has no type of this name here', node);
    return narrow;
  }

  #field(node: FieldNode, scope: Scope, depth: number, within: string[]): void {
    const name = node.name.value;
    const field = fieldIn(scope, name, this.#definitions);
    if (field === undefined) {
      if (scope.kind === 'resource') return this.#perhaps(node, depth, within);
      throw invalid(`There is no field ${name} here`, node);
    }
    if (field.kind === 'introspection') return;
    this.#values(node.arguments?.map(({ value }) => value) ?? []);
    checkArguments(node, field, scope, this.#definitions, this.#operation);
    this.#content(node, field, depth, within);
  }

  /** At a place that any resource may take, a field must be known to some type; the types that come are checked as they come. */
  #perhaps(node: FieldNode, depth: number, within: string[]): void {
    for (const type of this.#definitions.resourceTypes) {
      const scope: Scope = { kind: 'shape', shape: type };
      if (fieldIn(scope, node.name.value, this.#definitions) !== undefined)
        return this.#field(node, scope, depth, within);
    }
    throw invalid(`There is no field ${node.name.value} in any type of resource`, node);
  }

  #content(node: FieldNode, field: Field, depth: number, within: string[]): void {
    const scope = scopeOf(field);
    if (scope === undefined) {
      if (node.selectionSet !== undefined)
        throw invalid(`The field ${node.name.value} has no fields of its own`, node);
      if (directiveNamed(node.directives, 'flatten') !== undefined)
        throw invalid('@flatten needs a field with fields of its own', node);
      return;
    }
    if (node.selectionSet === undefined)
      throw invalid(`The field ${node.name.value} needs a selection of its fields`, node);
    this.selections(node.selectionSet, scope, depth + 1, within);
  }

  #directives(list: readonly DirectiveNode[]): void {
    for (const directive of list) {
      const known = directives.get(directive.name.value);
      if (known === undefined) throw invalid(`There is no directive @${directive.name.value}`, directive);
      const names = directive.arguments?.map(({ name }) => name.value) ?? [];
      if (names.some((name) => !known.includes(name)) || (known.length > 0 && names.length !== 1)) {
        throw invalid(`@${directive.name.value} has the wrong arguments`, directive);
      }
      this.#values(directive.arguments?.map(({ value }) => value) ?? []);
    }
    if (directiveNamed(list, 'slice') && directiveNamed(list, 'first'))
      throw invalid('@slice and @first cannot stand together', list[0]);
  }

  #values(values: readonly ValueNode[]): void {
    for (const value of values) {
      if (value.kind === Kind.LIST) this.#values(value.values);
      if (value.kind === Kind.OBJECT) throw invalid('An argument may not be an object', value);
      if (value.kind === Kind.VARIABLE && !this.#variables.has(value.name.value)) {
        throw invalid(`The variable $${value.name.value} is not declared`, value);
      }
    }
  }
}

/** The scope of a field's own selections; undefined when it has none. */
export function scopeOf(field: Field): Scope | undefined {
  switch (field.kind) {
    case 'element':
      if (field.child.kind === 'resource') return { kind: 'resource' };
      return field.child.kind === 'complex' ? { kind: 'shape', shape: field.child.shape } : undefined;
    case 'twin':
      return { kind: 'shape', shape: 'Element' };
    case 'target':
      return { kind: 'resource' };
    case 'read':
    case 'list':
    case 'match':
      return { kind: 'shape', shape: field.type };
    case 'connection':
      return { kind: 'connection', type: field.type };
    case 'edges':
      return { kind: 'edge', type: field.type };
    default:
      return undefined;
  }
}
