import type { SelectionSetNode } from 'graphql';
import type { Definitions } from '../definitions/index.ts';
import type { Child } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import { Collector, type Selected } from './collect.ts';
import type { Operation } from './document.ts';
import { invalid, tooCostly, unanswerable } from './failure.ts';
import { typeNameOf, type Scope } from './fields.ts';
import { byFhirPath, filtered, textOf } from './filter.ts';
import { introspect } from './introspect.ts';
import { Loader } from './loader.ts';
import { containedIn, edgeNode, elementNode, focusOf, resourceNode, type Json, type Node } from './nodes.ts';
import { OutputObject } from './output.ts';
import { targetOf } from './references.ts';
import { searchRequest } from './search.ts';
import type { Limits, ReferenceTarget, SearchPage, Source } from './types.ts';

type Setting = {
  operation: Operation;
  definitions: Definitions;
  limits: Limits;
  source: Source;
  baseUrls: readonly string[];
};

/** Where the fields of a node go: `isList` and `suffix` come from `@flatten` and `@slice` above. */
type Target = { out: OutputObject; isList: boolean; suffix: string };

/** Answers one operation. Walks the JSON level by level; what a level needs from the source is asked for at once. */
export class Executor {
  readonly #setting: Setting;
  readonly #collector: Collector;
  readonly #loader: Loader;
  #values = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#collector = new Collector(setting.operation, setting.definitions);
    this.#loader = new Loader(setting.source, setting.limits);
  }

  async run(scope: Scope, focus: Resource | undefined): Promise<Json> {
    const out = new OutputObject(undefined);
    const root: Node = { ...resourceNode(focus ?? { resourceType: '' }), scope };
    this.#fill(root, [this.#setting.operation.definition.selectionSet], { out, isList: false, suffix: '' });
    await this.#loader.settle();
    return out.toJson();
  }

  #fill(node: Node, sets: readonly SelectionSetNode[], target: Target): void {
    for (const selected of this.#collector.selected(sets, node.scope)) this.#answer(node, selected, target);
  }

  #answer(node: Node, selected: Selected, target: Target): void {
    const { field } = selected;
    switch (field.kind) {
      case 'typeName':
        return this.#leaf(selected, target, typeNameOf(node.scope));
      case 'resourceType':
        return this.#leaf(selected, target, node.object['resourceType']);
      case 'element':
        return this.#element(node, selected, field.child, target);
      case 'twin':
        return this.#twins(node, selected, field.child, target);
      case 'target':
        return this.#reference(node, selected, target);
      case 'read':
        return this.#read(
          selected,
          { type: field.type, id: String(selected.values.get('id')) },
          false,
          target,
        );
      case 'list':
        return this.#list(node, selected, field.type, target);
      case 'connection':
        return this.#connection(node, selected, field.type, target);
      case 'page':
        return this.#leaf(selected, target, node.object[field.property]);
      case 'edgeValue':
        return this.#leaf(selected, target, node.object[field.property]);
      case 'edges':
        return this.#nodes(
          selected,
          (node.object as SearchPage).entries.map((entry) => edgeNode(field.type, entry)),
          true,
          target,
        );
      case 'match':
        return this.#nodes(selected, [resourceNode(node.object['resource'] as Resource)], false, target);
      case 'introspection':
        return this.#introspect(node, selected, target);
    }
  }

  #introspect(node: Node, selected: Selected, target: Target): void {
    const { operation, definitions } = this.#setting;
    this.#leaf(selected, target, introspect(selected.node, operation, typeNameOf(node.scope), definitions));
  }

  #leaf(selected: Selected, target: Target, value: unknown): void {
    if (value !== undefined) this.#leaves(selected, [value], false, 'string', target);
  }

  #element(node: Node, selected: Selected, child: Child, target: Target): void {
    const held = node.object[child.name];
    if (held === undefined) return;
    const items: unknown[] = Array.isArray(held) ? held : [held];
    if (child.kind === 'primitive')
      return this.#leaves(selected, items, child.isArray, child.primitive, target);
    if (child.kind === 'xhtml') return this.#leaves(selected, items, child.isArray, 'string', target);
    const nodes = items.map((item): Node => {
      if (child.kind === 'resource')
        return {
          ...resourceNode(item as Resource),
          ...(child.name === 'contained' ? { container: node.container } : {}),
        };
      return elementNode(child.shape, item as Json, node.container);
    });
    this.#nodes(
      selected,
      filtered(nodes, selected.values, this.#setting.definitions, selected.node),
      child.isArray,
      target,
    );
  }

  #twins(node: Node, selected: Selected, child: Child, target: Target): void {
    const held = node.object[`_${child.name}`];
    const items = (Array.isArray(held) ? held : [held]).filter((item) => item !== undefined && item !== null);
    this.#nodes(
      selected,
      items.map((item) => elementNode('Element', item as Json, node.container)),
      child.isArray,
      target,
    );
  }

  /** Adds values that have no fields. A value that is missing from a list keeps its place there, as null. */
  #leaves(
    selected: Selected,
    items: unknown[],
    isArray: boolean,
    kind: string,
    { out, isList, suffix }: Target,
  ): void {
    const chosen = selected.isFirst ? items.slice(0, 1) : items;
    this.#count(chosen.length, selected);
    const field = out.field(
      selected.key + suffix,
      isList || (isArray && !selected.isFirst),
      selected.isSingleton,
      kind,
      selected.node,
    );
    field.values.push(...(isList ? chosen.filter((item) => item !== null) : chosen));
  }

  /** Adds values that have fields, each as an object, or into the object above when flattened. */
  #nodes(selected: Selected, nodes: Node[], isArray: boolean, target: Target): void {
    const chosen = selected.isFirst ? nodes.slice(0, 1) : nodes;
    this.#count(chosen.length, selected);
    const isList = target.isList || (isArray && !selected.isFirst);
    for (const [index, node] of chosen.entries()) {
      const suffix = target.suffix + this.#slice(selected, node, index);
      if (selected.isFlat) {
        this.#fill(node, selected.sets, { out: target.out, isList, suffix });
        continue;
      }
      const field = target.out.field(
        selected.key + suffix,
        isList,
        selected.isSingleton,
        kindOf(selected),
        selected.node,
      );
      this.#fill(node, selected.sets, { out: field.object(), isList: false, suffix: '' });
    }
  }

  #slice({ slice, node: fieldNode }: Selected, node: Node, index: number): string {
    if (slice === undefined) return '';
    const text = textOf(node, index, slice, this.#setting.definitions, fieldNode);
    return text === '' ? '' : `.${text}`;
  }

  #reference(node: Node, selected: Selected, target: Target): void {
    const wanted = selected.values.get('type');
    const isOptional = selected.values.get('optional') === true;
    const { definitions, baseUrls } = this.#setting;
    if (wanted !== undefined && !definitions.isResourceType(String(wanted)))
      throw invalid('The argument type must be a FHIR resource type', selected.node);
    const reference = node.object['reference'];
    const contained =
      typeof reference === 'string' && reference.startsWith('#')
        ? containedIn(node.container, reference.slice(1))
        : undefined;
    if (contained !== undefined) {
      if (wanted === undefined || wanted === contained.resourceType) {
        this.#nodes(selected, [{ ...resourceNode(contained), container: node.container }], false, target);
      }
      return;
    }
    const place =
      typeof reference === 'string' ? targetOf(reference, baseUrls, definitions.isResourceType) : undefined;
    if (place !== undefined && (wanted === undefined || wanted === place.type))
      return this.#read(selected, place, isOptional, target);
    if (place === undefined && !isOptional) throw unresolved(selected, target);
  }

  #read(selected: Selected, place: ReferenceTarget, isOptional: boolean, target: Target): void {
    reserve(selected, target, false);
    this.#loader.read(place, selected.node, (resource) => {
      if (resource !== undefined) this.#nodes(selected, [resourceNode(resource)], false, target);
      else if (!isOptional) throw unresolved(selected, target);
    });
  }

  #list(node: Node, selected: Selected, type: string, target: Target): void {
    const { definitions, limits } = this.#setting;
    const request = searchRequest(
      selected.node,
      type,
      selected.values,
      focusOf(node, selected.node),
      definitions,
    );
    reserve(selected, target, true);
    const { count = limits.matches } = request;
    const tooMany = `${selected.node.name.value} may have at most ${limits.matches} matches: ask for a Connection, or give a smaller _count`;
    if (count > limits.matches) throw tooCostly(tooMany, selected.node);
    this.#loader.searchAll(request, count, selected.node, (matches, isWhole) => {
      if (!isWhole && request.count === undefined) throw tooCostly(tooMany, selected.node);
      this.#nodes(selected, this.#chosen(selected, matches.map(resourceNode)), true, target);
    });
  }

  #connection(node: Node, selected: Selected, type: string, target: Target): void {
    const request = searchRequest(
      selected.node,
      type,
      selected.values,
      focusOf(node, selected.node),
      this.#setting.definitions,
    );
    reserve(selected, target, false);
    this.#loader.search(request, selected.node, (page) => {
      const kept = new Set(
        this.#chosen(
          selected,
          page.entries.map(({ resource }) => resourceNode(resource)),
        ).map(({ object }) => object),
      );
      const object = { ...page, entries: page.entries.filter(({ resource }) => kept.has(resource)) };
      this.#nodes(
        selected,
        [{ scope: { kind: 'connection', type }, shape: '', object, container: undefined }],
        false,
        target,
      );
    });
  }

  #chosen(selected: Selected, nodes: Node[]): Node[] {
    const expression = selected.values.get('fhirpath') ?? selected.values.get('_fhirpath');
    return expression === undefined
      ? nodes
      : byFhirPath(nodes, String(expression), this.#setting.definitions, selected.node);
  }

  #count(added: number, { node }: Selected): void {
    this.#values += added;
    const { values } = this.#setting.limits;
    if (this.#values > values) throw tooCostly(`The answer would have more than ${values} values`, node);
  }
}

/** What values under one name must have in common. */
function kindOf({ field }: Selected): string {
  if (field.kind === 'element') return field.child.kind === 'complex' ? field.child.shape : 'Resource';
  return field.kind === 'twin' ? 'Element' : 'Resource';
}

/** Takes the place of a field that waits for the source, so that fields come in the order asked; a list is there even when empty. */
function reserve(selected: Selected, { out, isList, suffix }: Target, isArray: boolean): void {
  if (selected.isFlat || selected.slice !== undefined) return;
  const list = isList || (isArray && !selected.isFirst);
  const field = out.field(selected.key + suffix, list, selected.isSingleton, kindOf(selected), selected.node);
  field.isKept ||= isArray && !selected.isFirst;
}

function unresolved(selected: Selected, { out }: Target) {
  return unanswerable('not-found', 'The resource that is asked for is not there', selected.node, {
    key: selected.key,
    parent: out.path,
  });
}
