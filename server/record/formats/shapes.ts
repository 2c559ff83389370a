import type { Definitions, ElementInfo } from '../definitions/index.ts';

/** What the formats need to know of the definitions. */
export type Shapes = Pick<Definitions, 'children' | 'isResourceType'>;

export type PrimitiveKind = 'string' | 'boolean' | 'integer' | 'decimal';

/** One element as JSON and XML name it: a choice such as `value[x]` gives one for each type. */
export type Child = {
  name: string;
  /** Place among its siblings, in the order of the specification. */
  order: number;
  isArray: boolean;
  xmlAttribute: boolean;
  /** FHIR type: `Quantity`, `code`, `BackboneElement`. */
  type: string;
  /** Name in the definition: `value[x]` for `valueQuantity`. */
  definedName: string;
  isSummary: boolean;
  isMandatory: boolean;
  isModifier: boolean;
} & (
  | { kind: 'primitive'; primitive: PrimitiveKind }
  | { kind: 'complex'; shape: string }
  | { kind: 'resource' }
  | { kind: 'xhtml' }
);

/** The elements of a type or backbone element, by JSON name. */
export type Shape = Map<string, Child>;

const primitives = new Map<string, PrimitiveKind>([
  ['boolean', 'boolean'],
  ['integer', 'integer'],
  ['positiveInt', 'integer'],
  ['unsignedInt', 'integer'],
  ['decimal', 'decimal'],
  ...[
    'base64Binary',
    'canonical',
    'code',
    'date',
    'dateTime',
    'id',
    'instant',
    'markdown',
    'oid',
    'string',
    'time',
    'uri',
    'url',
    'uuid',
  ].map((name): [string, PrimitiveKind] => [name, 'string']),
]);
const systemType = 'http://hl7.org/fhirpath/';
const inline = new Set(['BackboneElement', 'Element']);
const known = new WeakMap<Shapes, Map<string, Shape>>();

/** The shape of a type (`Patient`, `Quantity`) or of a backbone path (`Patient.contact`). Kept once made. */
export function shapeOf(shapes: Shapes, path: string): Shape {
  let byPath = known.get(shapes);
  if (byPath === undefined) known.set(shapes, (byPath = new Map()));
  let shape = byPath.get(path);
  if (shape === undefined) byPath.set(path, (shape = makeShape(shapes, path)));
  return shape;
}

function makeShape(shapes: Shapes, path: string): Shape {
  const shape: Shape = new Map();
  for (const [order, element] of shapes.children(path).entries()) {
    for (const child of childrenFor(shapes, path, element, order)) shape.set(child.name, child);
  }
  return shape;
}

function childrenFor(shapes: Shapes, path: string, element: ElementInfo, order: number): Child[] {
  const common = {
    order,
    isArray: element.isArray,
    xmlAttribute: element.xmlAttribute,
    definedName: element.name,
    isSummary: element.isSummary,
    isMandatory: element.min > 0,
    isModifier: element.isModifier,
  };
  const here: string = `${path}.${element.name}`;
  const reference = element.contentReference?.replace('#', '');
  if (reference !== undefined) {
    return [{ ...common, name: element.name, type: 'BackboneElement', kind: 'complex', shape: reference }];
  }
  const stem = element.name.endsWith('[x]') ? element.name.slice(0, -3) : undefined;
  return element.types.map(({ code }) => {
    const name = stem === undefined ? element.name : stem + code.charAt(0).toUpperCase() + code.slice(1);
    return {
      ...common,
      name,
      type: code.startsWith(systemType) ? 'string' : code,
      ...contentOf(shapes, code, here),
    };
  });
}

function contentOf(shapes: Shapes, code: string, here: string) {
  const primitive = code.startsWith(systemType) ? 'string' : primitives.get(code);
  if (primitive !== undefined) return { kind: 'primitive' as const, primitive };
  if (code === 'xhtml') return { kind: 'xhtml' as const };
  if (code === 'Resource' || code === 'DomainResource' || shapes.isResourceType(code))
    return { kind: 'resource' as const };
  return { kind: 'complex' as const, shape: inline.has(code) ? here : code };
}
