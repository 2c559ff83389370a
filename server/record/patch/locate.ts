import {
  DotAtom,
  evalFhirPath,
  FhirPathAtom,
  FunctionAtom,
  IndexerAtom,
  LiteralAtom,
  parseFhirPath,
  SymbolAtom,
  type Atom,
} from '@medplum/core';
import { shapeOf, toPlain, type Child, type Shape, type Shapes } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import { malformed } from './failure.ts';
import { itemsOf, type Item, type Slot } from './slots.ts';
import { isObject, type JsonObject } from './trees.ts';

/** An element found by a path. The root, the resource itself, stands in no slot. */
export type Node = { item: Item; slot?: Slot; index: number };

const rootNames = new Set(['Resource', 'DomainResource', '$this', '%resource', '%context', '%rootResource']);

/** Finds elements of one resource by FHIRPath and tells where they stand, so that they can be changed. */
export class Locator {
  readonly #root: Node;
  readonly #shapes: Shapes;
  readonly #operation: number;

  constructor(resource: Resource, shapes: Shapes, operation: number) {
    this.#root = { item: { value: resource as JsonObject, twin: null }, index: 0 };
    this.#shapes = shapes;
    this.#operation = operation;
  }

  /** The elements a path leads to. Throws a Problem when the path is not one that can lead to a place. */
  nodes(path: string): Node[] {
    return this.#walk(parse(path, this.#operation), [this.#root]);
  }

  /** The slot that a path to a list names, such as `Patient.name`, whether or not the list is there yet. */
  listSlots(path: string): Slot[] {
    const atom = parse(path, this.#operation);
    const [before, last] = atom instanceof DotAtom ? [atom.left, atom.right] : [undefined, atom];
    if (!(last instanceof SymbolAtom)) throw malformed(this.#operation, 'The path does not name a list');
    const parents = before === undefined ? [this.#root] : this.#walk(before, [this.#root]);
    return parents.flatMap((parent) => this.slotsOf(parent, last.name, false));
  }

  /** The slots of a node by element name; for a choice (`value`) those of its types, all or just the ones in use. */
  slotsOf(node: Node, name: string, all: boolean): Slot[] {
    const place = this.#contentOf(node);
    if (place === undefined) return [];
    const exact = place.shape.get(name);
    if (exact !== undefined) return [{ ...place, child: exact }];
    const stem = name.endsWith('[x]') ? name : `${name}[x]`;
    const slots = [...place.shape.values()]
      .filter((child) => child.definedName === stem)
      .map((child) => ({ ...place, child }));
    return all ? slots : slots.filter((slot) => itemsOf(slot).length > 0);
  }

  #walk(atom: Atom, nodes: Node[]): Node[] {
    if (atom instanceof DotAtom) return this.#walk(atom.right, this.#walk(atom.left, nodes));
    if (atom instanceof SymbolAtom) return this.#member(atom.name, nodes);
    if (atom instanceof IndexerAtom) return this.#at(this.#walk(atom.left, nodes), atom.expr);
    if (atom instanceof FunctionAtom) return this.#call(atom, nodes);
    throw malformed(this.#operation, 'The path uses an operator that does not lead to one place');
  }

  #member(name: string, nodes: Node[]): Node[] {
    return nodes.flatMap((node) => {
      if (node === this.#root && (rootNames.has(name) || name === typeOf(node))) return [node];
      return this.slotsOf(node, name, false).flatMap((slot) =>
        itemsOf(slot).map((item, index): Node => ({ item, slot, index })),
      );
    });
  }

  #at(nodes: Node[], expression: Atom): Node[] {
    const [index] = this.#evaluate(expression, this.#root);
    if (typeof index !== 'number')
      throw malformed(this.#operation, 'The path has an index that is not a number');
    return nodes.slice(index, index + 1);
  }

  #call({ name, args }: FunctionAtom, nodes: Node[]): Node[] {
    const [argument] = args;
    if (name === 'first') return nodes.slice(0, 1);
    if (name === 'last') return nodes.slice(-1);
    if (name === 'tail') return nodes.slice(1);
    if (name === 'single') return nodes;
    if (argument === undefined) throw this.#unknownFunction();
    if (name === 'where') return nodes.filter((node) => this.#evaluate(argument, node)[0] === true);
    if (name === 'skip') return nodes.slice(Number(this.#evaluate(argument, this.#root)[0]));
    if (name === 'take') return nodes.slice(0, Number(this.#evaluate(argument, this.#root)[0]));
    if (name === 'ofType' || name === 'as') return nodes.filter((node) => isOfType(node, String(argument)));
    if (name === 'extension' && argument instanceof LiteralAtom) {
      return this.#member('extension', nodes).filter(
        (node) => isObject(node.item.value) && node.item.value['url'] === argument.value.value,
      );
    }
    throw this.#unknownFunction();
  }

  #evaluate(atom: Atom, node: Node): unknown[] {
    try {
      return evalFhirPath(new FhirPathAtom('', atom), toPlain(node.item.value));
    } catch {
      throw malformed(this.#operation, 'The path holds an expression that cannot be evaluated');
    }
  }

  #unknownFunction() {
    return malformed(
      this.#operation,
      'The path may use only where, first, last, tail, skip, take, single, ofType, as and extension as functions',
    );
  }

  /** The object that holds the children of a node, and their shape. A primitive's is its twin, made when missing, but not yet stored. */
  #contentOf(node: Node): { object: JsonObject; shape: Shape } | undefined {
    const { item, slot } = node;
    if (slot === undefined || slot.child.kind === 'resource') {
      const type = typeOf(node);
      return type === undefined
        ? undefined
        : { object: item.value as JsonObject, shape: shapeOf(this.#shapes, type) };
    }
    if (slot.child.kind === 'complex')
      return { object: item.value as JsonObject, shape: shapeOf(this.#shapes, slot.child.shape) };
    if (slot.child.kind === 'xhtml') return undefined;
    item.twin ??= {};
    return { object: item.twin, shape: shapeOf(this.#shapes, 'Element') };
  }
}

function parse(path: string, operation: number): Atom {
  try {
    return parseFhirPath(path).child;
  } catch {
    throw malformed(operation, 'The path is not FHIRPath');
  }
}

function typeOf({ item }: Node): string | undefined {
  const type = isObject(item.value) ? item.value['resourceType'] : undefined;
  return typeof type === 'string' ? type : undefined;
}

function isOfType(node: Node, type: string): boolean {
  const name = type.replace(/^.*\./, '');
  return name === typeOf(node) || (node.slot !== undefined && isTyped(node.slot.child, name));
}

function isTyped(child: Child, type: string): boolean {
  const stem = child.definedName.endsWith('[x]') ? child.definedName.slice(0, -3) : undefined;
  if (stem === undefined) return child.kind === 'complex' && child.shape === type;
  return child.name === stem + type.charAt(0).toUpperCase() + type.slice(1);
}
