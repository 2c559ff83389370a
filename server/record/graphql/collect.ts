import { Kind, print, type FieldNode, type SelectionSetNode } from 'graphql';
import type { Definitions } from '../definitions/index.ts';
import { argumentsOf, directiveNamed, isIncluded, type Operation } from './document.ts';
import { invalid } from './failure.ts';
import { applies, fieldIn, typeNameOf, type Field, type Scope } from './fields.ts';

/** One field to answer: the same field met several times in a selection is one, with all its selections together. */
export type Selected = {
  key: string;
  node: FieldNode;
  field: Field;
  values: Map<string, unknown>;
  sets: SelectionSetNode[];
  isFlat: boolean;
  isFirst: boolean;
  isSingleton: boolean;
  slice: string | undefined;
};

/** Gathers what selection sets ask of a type, fragments and `@skip` and `@include` worked out. Kept for each type. */
export class Collector {
  readonly #operation: Operation;
  readonly #definitions: Definitions;
  readonly #known = new WeakMap<readonly SelectionSetNode[], Map<string, Selected[]>>();

  constructor(operation: Operation, definitions: Definitions) {
    this.#operation = operation;
    this.#definitions = definitions;
  }

  selected(sets: readonly SelectionSetNode[], scope: Scope): Selected[] {
    let byType = this.#known.get(sets);
    if (byType === undefined) this.#known.set(sets, (byType = new Map()));
    const type = typeNameOf(scope);
    let selected = byType.get(type);
    if (selected === undefined) {
      const groups = new Map<string, Selected>();
      for (const set of sets) this.#gather(set, scope, groups);
      byType.set(type, (selected = [...groups.values()]));
    }
    return selected;
  }

  #gather(set: SelectionSetNode, scope: Scope, groups: Map<string, Selected>): void {
    for (const selection of set.selections) {
      if (!isIncluded(selection.directives, this.#operation)) continue;
      if (selection.kind === Kind.FIELD) {
        this.#add(selection, scope, groups);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection
          : this.#operation.fragments.get(selection.name.value);
      const condition = fragment?.typeCondition?.name.value;
      if (fragment === undefined || (condition !== undefined && !applies(condition, scope))) continue;
      this.#gather(fragment.selectionSet, scope, groups);
    }
  }

  #add(node: FieldNode, scope: Scope, groups: Map<string, Selected>): void {
    const signature = print({ ...node, selectionSet: undefined });
    const known = groups.get(signature);
    if (known !== undefined) {
      if (node.selectionSet !== undefined) known.sets.push(node.selectionSet);
      return;
    }
    const field = fieldIn(scope, node.name.value, this.#definitions);
    if (field === undefined)
      throw invalid(`There is no field ${node.name.value} in ${typeNameOf(scope)}`, node);
    groups.set(signature, {
      key: node.alias?.value ?? node.name.value,
      node,
      field,
      values: argumentsOf(node, this.#operation),
      sets: node.selectionSet === undefined ? [] : [node.selectionSet],
      isFlat: directiveNamed(node.directives, 'flatten') !== undefined,
      isFirst: directiveNamed(node.directives, 'first') !== undefined,
      isSingleton: directiveNamed(node.directives, 'singleton') !== undefined,
      slice: this.#slice(node),
    });
  }

  #slice(node: FieldNode): string | undefined {
    const directive = directiveNamed(node.directives, 'slice');
    if (directive === undefined) return undefined;
    const [path] = argumentsOf(directive, this.#operation).values();
    if (typeof path !== 'string') throw invalid('@slice needs a FHIRPath expression', directive);
    return path;
  }
}
