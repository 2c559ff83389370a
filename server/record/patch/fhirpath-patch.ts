import { baseDefinitions, type Child, type Shapes } from '../formats/index.ts';
import type { Json, Resource } from '../types.ts';
import { inapplicable, malformed } from './failure.ts';
import { Locator, type Node } from './locate.ts';
import { itemsOf, setItems, type Slot } from './slots.ts';
import { copyTree, dropEmptied, isObject, type JsonObject } from './trees.ts';
import { append, itemFrom, typeNamed, type ValuePart } from './value.ts';

type Operation = { number: number; type: string; path: string; parts: Map<string, ValuePart> };
type Context = { resource: Resource; shapes: Shapes; emptied: Set<object>; locator: Locator };

/**
 * Applies a FHIRPath Patch, given as Parameters, and gives the new resource. The resource given is not changed.
 * Throws a Problem with the number of the operation, counted from 1. Source: HL7 FHIR R4, fhirpatch.html.
 */
export function fhirPathPatch(
  resource: Resource,
  parameters: Resource,
  shapes: Shapes = baseDefinitions(),
): Resource {
  const patched = copyTree(resource);
  const emptied = new Set<object>();
  for (const operation of readOperations(parameters)) {
    const locator = new Locator(patched, shapes, operation.number);
    apply({ resource: patched, shapes, emptied, locator }, operation);
  }
  dropEmptied(patched as Json, emptied);
  return patched;
}

function readOperations(parameters: Resource): Operation[] {
  const list = parameters.resourceType === 'Parameters' ? (parameters['parameter'] ?? []) : undefined;
  if (!Array.isArray(list)) throw malformed(undefined, 'A FHIRPath Patch must be a Parameters resource');
  return list.map((parameter: Json, index) => readOperation(parameter, index + 1));
}

function readOperation(parameter: Json, number: number): Operation {
  if (!isObject(parameter) || parameter['name'] !== 'operation' || !Array.isArray(parameter['part'])) {
    throw malformed(number, 'Each parameter must be named operation and have parts');
  }
  const parts = new Map(parameter['part'].filter(isObject).map((part) => [String(part['name']), part]));
  return { number, type: text(parts, 'type', number), path: text(parts, 'path', number), parts };
}

function apply(context: Context, operation: Operation): void {
  switch (operation.type) {
    case 'add':
      return add(context, operation);
    case 'insert':
      return insert(context, operation);
    case 'delete':
      return remove(context, operation);
    case 'replace':
      return replace(context, operation);
    case 'move':
      return move(context, operation);
    default:
      throw malformed(operation.number, 'The type is not one of add, insert, delete, replace, move');
  }
}

function add({ locator, shapes }: Context, operation: Operation): void {
  const node = oneNode(locator.nodes(operation.path), operation);
  const name = text(operation.parts, 'name', operation.number);
  const part = valuePart(operation);
  const slots = locator.slotsOf(node, name, true);
  const slot = slots.find(({ child }) => slots.length === 1 || isTypedAs(child, part));
  if (slot === undefined)
    throw inapplicable(operation.number, 'FHIR R4 has no such element at the path, or not of this type');
  if (slots.some((other) => other.child.name !== slot.child.name && itemsOf(other).length > 0)) {
    throw inapplicable(operation.number, 'The element is there already, with another type');
  }
  append(slot, itemFrom(part, slot.child, shapes, operation.number), operation.number);
  attachTwin(node);
}

function insert({ locator, shapes }: Context, operation: Operation): void {
  const slot = oneList(locator.listSlots(operation.path), operation);
  const items = itemsOf(slot);
  const at = place(operation, 'index', items.length);
  setItems(
    slot,
    items.toSpliced(at, 0, itemFrom(valuePart(operation), slot.child, shapes, operation.number)),
  );
}

/** A path that leads nowhere is no error here: the element is already gone. */
function remove({ locator, emptied }: Context, operation: Operation): void {
  const nodes = locator.nodes(operation.path);
  if (nodes.length === 0) return;
  const node = oneNode(nodes, operation);
  const slot = slotOf(node, operation);
  setItems(slot, itemsOf(slot).toSpliced(node.index, 1));
  emptied.add(slot.object);
}

function replace({ locator, shapes }: Context, operation: Operation): void {
  const node = oneNode(locator.nodes(operation.path), operation);
  const slot = slotOf(node, operation);
  const part = valuePart(operation);
  const child = [...slot.shape.values()].find(
    (other) => isTypedAs(other, part) && other.definedName === slot.child.definedName,
  );
  const target = { ...slot, child: child ?? slot.child };
  const items = itemsOf(slot).with(node.index, itemFrom(part, target.child, shapes, operation.number));
  setItems(slot, []);
  setItems(target, items);
}

function move({ locator }: Context, operation: Operation): void {
  const slot = oneList(locator.listSlots(operation.path), operation);
  const items = itemsOf(slot);
  const source = place(operation, 'source', items.length - 1);
  const destination = place(operation, 'destination', items.length - 1);
  const [item] = items.splice(source, 1);
  if (item !== undefined) setItems(slot, items.toSpliced(destination, 0, item));
}

/** True for the one type of a choice that the value has: `deceasedBoolean` for `valueBoolean`. */
function isTypedAs(child: Child, part: ValuePart): boolean {
  return child.definedName.endsWith('[x]') && child.name === child.definedName.slice(0, -3) + typeNamed(part);
}

/** Children of a primitive stand in its twin, which may be new. */
function attachTwin({ slot, item, index }: Node): void {
  if (slot?.child.kind === 'primitive') setItems(slot, itemsOf(slot).with(index, item));
}

function oneNode(nodes: Node[], operation: Operation): Node {
  const [node] = nodes;
  if (node === undefined) throw inapplicable(operation.number, 'The path leads to nothing');
  if (nodes.length > 1) throw inapplicable(operation.number, 'The path leads to more than one element');
  return node;
}

function oneList(slots: Slot[], operation: Operation): Slot {
  const [slot] = slots;
  if (slot === undefined) throw inapplicable(operation.number, 'The path leads to nothing');
  if (slots.length > 1 || !slot.child.isArray)
    throw inapplicable(operation.number, 'The path does not lead to one list');
  return slot;
}

function slotOf({ slot }: Node, operation: Operation): Slot {
  if (slot === undefined)
    throw inapplicable(operation.number, 'The resource itself cannot be deleted or replaced by a patch');
  return slot;
}

function valuePart(operation: Operation): ValuePart {
  const part = operation.parts.get('value');
  if (part === undefined) throw malformed(operation.number, 'The operation has no value');
  return part;
}

function text(parts: Map<string, ValuePart>, name: string, operation: number): string {
  const value = plainValue(parts.get(name));
  if (typeof value === 'string') return value;
  throw malformed(operation, `The operation has no ${name}`);
}

function place(operation: Operation, name: string, highest: number): number {
  const value = plainValue(operation.parts.get(name));
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw malformed(operation.number, `The operation has no ${name}`);
  if (value < 0 || value > highest) throw inapplicable(operation.number, `The ${name} is outside the list`);
  return value;
}

function plainValue(part: JsonObject | undefined): Json | undefined {
  const type = part === undefined ? undefined : typeNamed(part);
  return part?.[`value${type}`];
}
