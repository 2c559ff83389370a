import type { Json, Resource } from '../types.ts';
import { inapplicable, malformed, testFailed } from './failure.ts';
import { copyTree, dropEmptied, isObject, sameJson, type JsonObject } from './trees.ts';

type Operation = {
  number: number;
  op: string;
  path: string[];
  from: string[] | undefined;
  value: Json | undefined;
};
type Container = { parent: JsonObject | Json[]; key: string };

const known = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);
const needsValue = new Set(['add', 'replace', 'test']);
const needsFrom = new Set(['move', 'copy']);
const arrayIndex = /^(?:0|[1-9]\d{0,9})$/;

/**
 * Applies a JSON Patch to a resource and gives the new resource; lists and objects the patch emptied are left out.
 * The resource given is not changed. Throws a Problem with the number of the operation, counted from 1. Source: RFC 6902.
 */
export function jsonPatch(resource: Resource, operations: unknown): Resource {
  const emptied = new Set<object>();
  const patched = apply(resource as Json, operations as Json, emptied);
  if (!isObject(patched) || patched['resourceType'] !== resource.resourceType) {
    throw inapplicable(undefined, 'A patch cannot change what type a resource is');
  }
  dropEmptied(patched, emptied);
  return patched as Resource;
}

/** Applies a JSON Patch to any JSON, to the letter of RFC 6902. See `jsonPatch`. */
export function applyJsonPatch(document: Json, operations: Json): Json {
  return apply(document, operations, new Set());
}

function apply(document: Json, operations: Json, emptied: Set<object>): Json {
  if (!Array.isArray(operations)) throw malformed(undefined, 'A JSON Patch must be a list of operations');
  const holder: JsonObject = { root: copyTree(document) };
  for (const operation of operations.map(readOperation)) applyOne(holder, operation, emptied);
  return holder['root'] as Json;
}

function readOperation(json: Json, index: number): Operation {
  const number = index + 1;
  if (!isObject(json)) throw malformed(number, 'An operation must be an object');
  const { op, path, from, value } = json;
  if (typeof op !== 'string' || !known.has(op))
    throw malformed(number, 'The op is not one of add, remove, replace, move, copy, test');
  if (needsValue.has(op) && value === undefined) throw malformed(number, 'The operation has no value');
  const source = needsFrom.has(op) ? readPointer(from, number) : undefined;
  return { number, op, path: readPointer(path, number), from: source, value };
}

/** The steps of a JSON Pointer, led by the holder's own. Source: RFC 6901. */
function readPointer(pointer: Json | undefined, operation: number): string[] {
  if (typeof pointer !== 'string') throw malformed(operation, 'A path is missing');
  if (pointer === '') return ['root'];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer))
    throw malformed(operation, 'A path is not a JSON Pointer');
  const steps = pointer.slice(1).split('/');
  if (steps.includes('__proto__')) throw malformed(operation, 'A path has a name that is not allowed');
  return ['root', ...steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))];
}

function applyOne(holder: JsonObject, operation: Operation, emptied: Set<object>): void {
  const { op, path, from, value } = operation;
  if (op === 'test') return test(holder, operation);
  if (op === 'add') return add(holder, path, copyTree(value as Json), operation);
  if (op === 'remove') return void remove(holder, path, operation, emptied);
  if (op === 'replace') return replace(holder, path, copyTree(value as Json), operation);
  const source = from as string[];
  if (op === 'copy') return add(holder, path, copyTree(read(holder, source, operation)), operation);
  if (source.length < path.length && source.every((step, index) => step === path[index])) {
    throw inapplicable(operation.number, 'A value cannot be moved into itself');
  }
  add(holder, path, remove(holder, source, operation, emptied), operation);
}

function test(holder: JsonObject, operation: Operation): void {
  if (!sameJson(read(holder, operation.path, operation), operation.value as Json))
    throw testFailed(operation.number);
}

function add(holder: JsonObject, path: string[], value: Json, operation: Operation): void {
  const { parent, key } = containerOf(holder, path, operation);
  if (!Array.isArray(parent)) {
    parent[key] = value;
    return;
  }
  const at = key === '-' ? parent.length : indexOf(key, operation);
  if (at > parent.length)
    throw inapplicable(operation.number, 'The place to add at is beyond the end of the list');
  parent.splice(at, 0, value);
}

function replace(holder: JsonObject, path: string[], value: Json, operation: Operation): void {
  read(holder, path, operation);
  const { parent, key } = containerOf(holder, path, operation);
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else parent[key] = value;
}

function remove(holder: JsonObject, path: string[], operation: Operation, emptied: Set<object>): Json {
  if (path.length === 1) throw inapplicable(operation.number, 'The whole resource cannot be removed');
  const value = read(holder, path, operation);
  const { parent, key } = containerOf(holder, path, operation);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  emptied.add(parent);
  return value;
}

function read(holder: JsonObject, path: string[], operation: Operation): Json {
  let value: Json = holder;
  for (const step of path) value = stepInto(value, step, operation);
  return value;
}

function containerOf(holder: JsonObject, path: string[], operation: Operation): Container {
  const parent = read(holder, path.slice(0, -1), operation);
  if (!Array.isArray(parent) && !isObject(parent)) throw nothingThere(operation);
  return { parent, key: path.at(-1) as string };
}

function stepInto(value: Json, step: string, operation: Operation): Json {
  const found = Array.isArray(value)
    ? value[indexOf(step, operation)]
    : isObject(value) && Object.hasOwn(value, step)
      ? value[step]
      : undefined;
  if (found === undefined) throw nothingThere(operation);
  return found;
}

function indexOf(step: string, operation: Operation): number {
  if (!arrayIndex.test(step)) throw inapplicable(operation.number, 'The place in a list is not a number');
  return Number(step);
}

function nothingThere(operation: Operation) {
  return inapplicable(operation.number, 'There is nothing at the path');
}
