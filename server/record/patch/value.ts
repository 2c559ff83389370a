import { shapeOf, isRawNumber, type Child, type Shapes } from '../formats/index.ts';
import type { Json } from '../types.ts';
import { inapplicable, malformed } from './failure.ts';
import { itemsOf, setItems, type Item, type Slot } from './slots.ts';
import { copyTree, isObject, type JsonObject } from './trees.ts';

/** A part of an operation that carries a value: `value[x]`, a resource, or parts that build a backbone element. */
export type ValuePart = JsonObject;

/** The FHIR type a part names: `HumanName` for `valueHumanName`; undefined for parts and resources. */
export function typeNamed(part: ValuePart): string | undefined {
  const key = Object.keys(part).find((name) => /^_?value[A-Z]/.test(name));
  return key?.replace(/^_?value/, '');
}

/** Makes the item that a part describes for an element. Throws a Problem when it does not fit the element. */
export function itemFrom(part: ValuePart, child: Child, shapes: Shapes, operation: number): Item {
  if (Array.isArray(part['part']))
    return { value: build(part['part'], child, shapes, operation), twin: null };
  if (part['resource'] !== undefined) {
    if (child.kind !== 'resource') throw wrongType(child, operation);
    return { value: copyTree(part['resource']), twin: null };
  }
  const type = typeNamed(part);
  if (type === undefined) throw malformed(operation, 'The operation has no value');
  const value = part[`value${type}`] ?? null;
  const twin = part[`_value${type}`];
  if (!fits(type, value, child)) throw wrongType(child, operation);
  return { value: copyTree(value), twin: isObject(twin) ? copyTree(twin) : null };
}

/** Builds an element that has no type of its own (`Patient.contact`) from parts named after its children. */
function build(parts: Json[], child: Child, shapes: Shapes, operation: number): JsonObject {
  if (child.kind !== 'complex') throw wrongType(child, operation);
  const object: JsonObject = {};
  const shape = shapeOf(shapes, child.shape);
  for (const part of parts) {
    if (!isObject(part)) throw malformed(operation, 'A part is not an object');
    const name = String(part['name']);
    const inner = shape.get(name) ?? shape.get(name.replace('[x]', '') + (typeNamed(part) ?? ''));
    if (inner === undefined) throw inapplicable(operation, 'A part is named after no element of the value');
    append({ object, child: inner, shape }, itemFrom(part, inner, shapes, operation), operation);
  }
  return object;
}

/** Adds an item to the end of a slot. Throws a Problem when the element may not repeat and is there already. */
export function append(slot: Slot, item: Item, operation: number): void {
  const items = itemsOf(slot);
  if (!slot.child.isArray && items.length > 0)
    throw inapplicable(operation, 'The element is there already and may not repeat');
  setItems(slot, [...items, item]);
}

function fits(type: string, value: Json, child: Child): boolean {
  if (child.kind === 'complex')
    return isObject(value) && (child.shape === type || isQuantity(child.shape, type) || isNested(child));
  if (child.kind === 'xhtml') return typeof value === 'string';
  if (child.kind === 'resource') return false;
  if (value === null) return true;
  if (child.primitive === 'string') return typeof value === 'string';
  if (child.primitive === 'boolean') return typeof value === 'boolean';
  return typeof value === 'number' || isRawNumber(value);
}

function isQuantity(one: string, other: string): boolean {
  const quantities = ['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'SimpleQuantity', 'MoneyQuantity'];
  return quantities.includes(one) && quantities.includes(other);
}

/** An element with a type of its own only in place. Some clients send its content as a typed value all the same. */
function isNested(child: Child & { kind: 'complex' }): boolean {
  return child.shape.includes('.');
}

function wrongType(child: Child, operation: number) {
  return inapplicable(operation, `The value is not of the type of the element ${child.name}`);
}
