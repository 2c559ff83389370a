import { SaxesParser, type SaxesTagNS } from 'saxes';
import { Problem } from '../../platform/errors.ts';
import type { Json, Resource } from '../types.ts';
import { exactNumber } from './exact-number.ts';
import { maxDepth, maxXmlLength } from './limits.ts';
import { shapeOf, type Child, type Shape, type Shapes } from './shapes.ts';
import { NarrativeReader, xhtmlNamespace } from './xml-narrative.ts';

export const fhirNamespace = 'http://hl7.org/fhir';
const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const namespaceDeclaration = 'http://www.w3.org/2000/xmlns/';
const integer = /^-?(?:0|[1-9]\d*)$/;
const decimal = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

type JsonObject = { [key: string]: Json };

/** One open element. The object of a primitive is its twin; a holder (`contained`, `resource`) wraps a whole resource. */
type Frame =
  | { kind: 'complex'; object: JsonObject; shape: Shape; child?: Child }
  | { kind: 'primitive'; value: Json; object: JsonObject; child: Child }
  | { kind: 'holder'; resource: JsonObject | undefined; child: Child };

type OpenElement = Frame & { kind: 'complex' | 'primitive' };

/**
 * Reads one FHIR resource from XML without loss. Comments, processing instructions and white space between elements go.
 * Throws a Problem with line and column for malformed XML, a DOCTYPE, an unknown element, or a value JSON cannot hold.
 */
export function readXml(xml: string, shapes: Shapes, options: { maxLength?: number } = {}): Resource {
  if (xml.length > (options.maxLength ?? maxXmlLength)) {
    throw new Problem('record/xml-too-large', 413, 'The XML is too large.', {
      wayOut: 'Send it in smaller parts.',
    });
  }
  return new XmlReader(xml, shapes).read();
}

class XmlReader {
  readonly #xml: string;
  readonly #shapes: Shapes;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #frames: Frame[] = [];
  #narrative: NarrativeReader | undefined;
  #root: JsonObject | undefined;
  #depth = 0;
  #tagStart = 0;

  constructor(xml: string, shapes: Shapes) {
    this.#xml = xml;
    this.#shapes = shapes;
  }

  read(): Resource {
    const parser = this.#parser;
    parser.on('error', (cause) => {
      throw this.#problem('record/xml-malformed', 'The XML is not well formed', cause);
    });
    parser.on('doctype', () => {
      throw this.#problem('record/xml-doctype', 'The XML has a DOCTYPE, which FHIR does not allow');
    });
    parser.on('opentagstart', () => this.#markStart());
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', (tag) => this.#close(tag));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.write(this.#xml).close();
    if (this.#root === undefined) throw this.#problem('record/xml-malformed', 'The XML holds no element');
    return this.#root as Resource;
  }

  #markStart(): void {
    this.#tagStart = this.#xml.lastIndexOf('<', this.#parser.position - 1);
  }

  #open(tag: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) {
      throw this.#problem('record/xml-too-deep', `The XML is nested more than ${maxDepth} levels deep`);
    }
    if (this.#narrative !== undefined) return this.#openInNarrative(this.#narrative, tag);
    const parent = this.#frames.at(-1);
    if (parent === undefined) return this.#openRoot(tag);
    if (parent.kind === 'holder') return this.#openHeld(tag, parent);
    const child = this.#childFor(tag, parent);
    if (child.kind === 'xhtml') this.#narrative = new NarrativeReader(tag, this.#tagStart);
    else if (child.kind === 'resource') this.#openHolder(tag, child);
    else if (child.kind === 'complex') this.#openComplex(tag, child);
    else this.#openPrimitive(tag, child);
  }

  #openInNarrative(narrative: NarrativeReader, tag: SaxesTagNS): void {
    if (!narrative.open(tag))
      throw this.#problem('record/xml-namespace', 'The narrative uses a prefix that is declared outside it');
  }

  #openRoot(tag: SaxesTagNS): void {
    this.#root = this.#openResource(tag);
  }

  #openHeld(tag: SaxesTagNS, holder: Frame & { kind: 'holder' }): void {
    if (holder.resource !== undefined)
      throw this.#problem('record/xml-structure', 'Two resources stand where one may stand');
    holder.resource = this.#openResource(tag);
  }

  #openResource(tag: SaxesTagNS): JsonObject {
    this.#mustBeFhir(tag);
    if (!this.#shapes.isResourceType(tag.local)) {
      throw this.#problem('record/xml-unknown-resource', 'This element is not a FHIR R4 resource');
    }
    const object: JsonObject = { resourceType: tag.local };
    const shape = shapeOf(this.#shapes, tag.local);
    this.#attributes(tag, shape, object);
    this.#frames.push({ kind: 'complex', object, shape });
    return object;
  }

  #childFor(tag: SaxesTagNS, parent: OpenElement): Child {
    const shape = parent.kind === 'complex' ? parent.shape : shapeOf(this.#shapes, 'Element');
    const child = shape.get(tag.local);
    if (child === undefined || child.xmlAttribute) {
      throw this.#problem('record/xml-unknown-element', 'FHIR R4 has no such element here');
    }
    if (child.kind !== 'xhtml') this.#mustBeFhir(tag);
    else if (tag.uri !== xhtmlNamespace) {
      throw this.#problem('record/xml-namespace', `The narrative must be in the namespace ${xhtmlNamespace}`);
    }
    return child;
  }

  #openHolder(tag: SaxesTagNS, child: Child): void {
    this.#attributes(tag, new Map(), {});
    this.#frames.push({ kind: 'holder', resource: undefined, child });
  }

  #openComplex(tag: SaxesTagNS, child: Child & { kind: 'complex' }): void {
    const object: JsonObject = {};
    const shape = shapeOf(this.#shapes, child.shape);
    this.#attributes(tag, shape, object);
    this.#frames.push({ kind: 'complex', object, shape, child });
  }

  #openPrimitive(tag: SaxesTagNS, child: Child & { kind: 'primitive' }): void {
    let value: Json = null;
    const object: JsonObject = {};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === '' && attribute.local === 'value') value = this.#typed(child, attribute.value);
      else if (attribute.uri === '' && attribute.local === 'id') object['id'] = attribute.value;
      else this.#mustBeIgnorable(attribute.uri);
    }
    this.#frames.push({ kind: 'primitive', value, object, child });
  }

  #attributes(tag: SaxesTagNS, shape: Shape, object: JsonObject): void {
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.uri === '' && shape.get(attribute.local)?.xmlAttribute === true)
        object[attribute.local] = attribute.value;
      else this.#mustBeIgnorable(attribute.uri);
    }
  }

  #typed(child: Child & { kind: 'primitive' }, text: string): Json {
    if (child.primitive === 'string') return text;
    if (child.primitive === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
    if (child.primitive === 'integer' && integer.test(text)) return exactNumber(text) as Json;
    if (child.primitive === 'decimal' && decimal.test(text)) return exactNumber(text) as Json;
    throw this.#problem('record/xml-value', `The value of this element is not a FHIR ${child.primitive}`);
  }

  #close(tag: SaxesTagNS): void {
    this.#depth -= 1;
    if (this.#narrative !== undefined) return this.#closeNarrative(tag);
    const frame = this.#frames.pop() as Frame;
    if (frame.child === undefined) return;
    if (frame.kind === 'complex') this.#add(frame.child, frame.object);
    else if (frame.kind === 'primitive') this.#addPrimitive(frame);
    else if (frame.resource !== undefined) this.#add(frame.child, frame.resource);
    else throw this.#problem('record/xml-structure', 'A resource is missing here');
  }

  #closeNarrative(tag: SaxesTagNS): void {
    const narrative = this.#narrative as NarrativeReader;
    if (!narrative.close(tag)) return;
    this.#narrative = undefined;
    const { shape } = this.#frames.at(-1) as Frame & { kind: 'complex' };
    this.#add(shape.get('div') as Child, narrative.finish(this.#xml, this.#parser.position));
  }

  #add(child: Child, value: Json): void {
    const { object } = this.#frames.at(-1) as OpenElement;
    if (!child.isArray) {
      this.#mustBeNew(object, child.name);
      object[child.name] = value;
      return;
    }
    const list = object[child.name] as Json[] | undefined;
    if (list === undefined) object[child.name] = [value];
    else list.push(value);
  }

  #addPrimitive({ child, value, object: twin }: Frame & { kind: 'primitive' }): void {
    const { object } = this.#frames.at(-1) as OpenElement;
    const twinName = `_${child.name}`;
    const hasTwin = value === null || Object.keys(twin).length > 0;
    if (!child.isArray) {
      this.#mustBeNew(object, child.name, twinName);
      if (value !== null) object[child.name] = value;
      if (hasTwin) object[twinName] = twin;
      return;
    }
    const values = object[child.name] as Json[] | undefined;
    const twins = object[twinName] as Json[] | undefined;
    const before = values?.length ?? twins?.length ?? 0;
    if (value !== null || values !== undefined) append(object, child.name, before, value);
    if (hasTwin || twins !== undefined) append(object, twinName, before, hasTwin ? twin : null);
  }

  #text(text: string): void {
    if (this.#narrative !== undefined) return this.#narrative.characters(text);
    if (/[^ \t\r\n]/.test(text)) throw this.#problem('record/xml-text', 'Text stands between elements');
  }

  #mustBeNew(object: JsonObject, ...names: string[]): void {
    if (names.some((name) => Object.hasOwn(object, name))) {
      throw this.#problem('record/xml-structure', 'An element that may stand once stands twice');
    }
  }

  #mustBeFhir(tag: SaxesTagNS): void {
    if (tag.uri !== fhirNamespace)
      throw this.#problem('record/xml-namespace', `This element is not in the namespace ${fhirNamespace}`);
  }

  #mustBeIgnorable(uri: string): void {
    if (uri === namespaceDeclaration || uri === schemaInstance) return;
    throw this.#problem('record/xml-unknown-attribute', 'FHIR R4 has no such attribute here');
  }

  #problem(code: string, what: string, cause?: unknown): Problem {
    const place = `line ${this.#parser.line}, column ${this.#parser.column + 1}`;
    return new Problem(code, 400, `${what}.`, {
      place,
      wayOut: 'Correct the XML at this place and send it again.',
      cause,
    });
  }
}

/** Adds to a list of values or twins, filling the places before it with null. */
function append(object: JsonObject, name: string, before: number, value: Json): void {
  const list = (object[name] ??= Array<Json>(before).fill(null)) as Json[];
  list.push(value);
}
