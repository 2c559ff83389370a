import { Problem } from '../../platform/errors.ts';
import type { Resource } from '../types.ts';
import { isRawNumber } from './exact-number.ts';
import { maxDepth } from './limits.ts';
import { shapeOf, type Child, type Shape, type Shapes } from './shapes.ts';
import { escapeAttribute, fitsXml } from './xml-escape.ts';
import { narrativeForXml } from './xml-narrative.ts';
import { fhirNamespace } from './xml-read.ts';

type JsonObject = { [key: string]: unknown };

/**
 * Writes one FHIR resource as XML without loss, elements in the order of the specification.
 * Throws a Problem with the FHIR path of anything that is not FHIR R4, or that XML cannot hold.
 */
export function writeXml(resource: Resource, shapes: Shapes, options: { pretty?: boolean } = {}): string {
  const writer = new XmlWriter(shapes, options.pretty === true);
  const text = writer.resource(resource, resource.resourceType, 0, ` xmlns="${fhirNamespace}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>${options.pretty === true ? '' : '\n'}${text}\n`;
}

class XmlWriter {
  readonly #shapes: Shapes;
  readonly #pretty: boolean;

  constructor(shapes: Shapes, pretty: boolean) {
    this.#shapes = shapes;
    this.#pretty = pretty;
  }

  resource(value: unknown, path: string, depth: number, attributes = ''): string {
    const object = objectAt(value, path);
    const type = object['resourceType'];
    if (typeof type !== 'string' || !this.#shapes.isResourceType(type))
      throw unfit(path, 'This is not a FHIR R4 resource');
    return this.#element(
      type,
      attributes,
      this.#children(object, shapeOf(this.#shapes, type), path, depth, true),
      depth,
    );
  }

  #element(name: string, attributes: string, content: string, depth: number): string {
    const indent = this.#indent(depth);
    if (content === '') return `${indent}<${name}${attributes}/>`;
    return `${indent}<${name}${attributes}>${content}${indent}</${name}>`;
  }

  #indent(depth: number): string {
    return this.#pretty ? `\n${'  '.repeat(depth)}` : '';
  }

  #children(object: JsonObject, shape: Shape, path: string, depth: number, isResource: boolean): string {
    if (depth > maxDepth) throw unfit(path, `This is nested more than ${maxDepth} levels deep`);
    let text = '';
    for (const child of sortedChildren(object, shape, path, isResource)) {
      if (!child.xmlAttribute) text += this.#child(object, child, `${path}.${child.name}`, depth + 1);
    }
    return text;
  }

  #child(object: JsonObject, child: Child, path: string, depth: number): string {
    const value = object[child.name];
    const twin = child.kind === 'primitive' ? object[`_${child.name}`] : undefined;
    if (!child.isArray) return this.#one(child, value, twin, path, depth);
    const values = listAt(value, path);
    const twins = listAt(twin, path);
    const length = Math.max(values.length, twins.length);
    if (length === 0) throw unfit(path, 'This list is empty');
    let text = '';
    for (let index = 0; index < length; index += 1) {
      text += this.#one(child, values[index], twins[index], `${path}[${index}]`, depth);
    }
    return text;
  }

  #one(child: Child, value: unknown, twin: unknown, path: string, depth: number): string {
    if (child.kind === 'primitive') return this.#primitive(child, value, twin, path, depth);
    if (child.kind === 'xhtml') return this.#narrative(value, path, depth);
    if (child.kind === 'resource')
      return this.#element(child.name, '', this.resource(value, path, depth + 1), depth);
    const object = objectAt(value, path);
    const shape = shapeOf(this.#shapes, child.shape);
    const content = this.#children(object, shape, path, depth, false);
    return this.#element(child.name, attributesOf(object, shape, path), content, depth);
  }

  #primitive(
    child: Child & { kind: 'primitive' },
    value: unknown,
    twin: unknown,
    path: string,
    depth: number,
  ): string {
    const shape = shapeOf(this.#shapes, 'Element');
    const extra = twin === undefined || twin === null ? undefined : objectAt(twin, path);
    if (extra === undefined && (value === undefined || value === null))
      throw unfit(path, 'This has neither value nor content');
    let attributes = extra === undefined ? '' : attributesOf(extra, shape, path);
    if (value !== undefined && value !== null) attributes += ` value="${valueText(child, value, path)}"`;
    const content = extra === undefined ? '' : this.#children(extra, shape, path, depth, false);
    return this.#element(child.name, attributes, content, depth);
  }

  #narrative(value: unknown, path: string, depth: number): string {
    const text = typeof value === 'string' && fitsXml(value) ? narrativeForXml(value) : undefined;
    if (text === undefined) throw unfit(path, 'The narrative is not one well-formed XHTML div');
    return this.#indent(depth) + text;
  }
}

function sortedChildren(object: JsonObject, shape: Shape, path: string, isResource: boolean): Child[] {
  const children: Child[] = [];
  for (const key in object) {
    if (isResource && key === 'resourceType') continue;
    const child = childFor(object, shape, key, path);
    if (child === undefined) continue;
    let at = children.length;
    while (at > 0 && (children[at - 1] as Child).order > child.order) at -= 1;
    children.splice(at, 0, child);
  }
  return children;
}

/** The child a key stands for; undefined for a twin whose value stands beside it, which is written with the value. */
function childFor(object: JsonObject, shape: Shape, key: string, path: string): Child | undefined {
  const child = shape.get(key);
  if (child !== undefined) return child;
  const twinOf = key.startsWith('_') ? shape.get(key.slice(1)) : undefined;
  if (twinOf?.kind !== 'primitive' || twinOf.xmlAttribute)
    throw unfit(path, 'This holds a property that FHIR R4 does not have');
  return Object.hasOwn(object, twinOf.name) ? undefined : twinOf;
}

function attributesOf(object: JsonObject, shape: Shape, path: string): string {
  let text = '';
  for (const name of ['id', 'url']) {
    const value = object[name];
    if (value === undefined || shape.get(name)?.xmlAttribute !== true) continue;
    if (typeof value !== 'string' || !fitsXml(value))
      throw unfit(`${path}.${name}`, 'This is not text that XML can hold');
    text += ` ${name}="${escapeAttribute(value)}"`;
  }
  return text;
}

function valueText(child: Child & { kind: 'primitive' }, value: unknown, path: string): string {
  if (child.primitive === 'string') {
    if (typeof value === 'string' && fitsXml(value)) return escapeAttribute(value);
  } else if (child.primitive === 'boolean') {
    if (typeof value === 'boolean') return String(value);
  } else {
    if (typeof value === 'number') return String(value);
    if (isRawNumber(value)) return value.rawJSON;
  }
  throw unfit(path, `This is not a ${child.primitive} that XML can hold`);
}

function objectAt(value: unknown, path: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw unfit(path, 'An object was expected here');
}

function listAt(value: unknown, path: string): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw unfit(path, 'A list was expected here');
}

function unfit(path: string, what: string): Problem {
  return new Problem('record/xml-unwritable', 422, `${what}, so the resource cannot be written as XML.`, {
    place: path,
    wayOut: 'Ask for JSON, or correct the resource.',
  });
}
