import { exactText, isExact } from './exact.ts';
import type { Definitions, Field } from '../definitions/index.ts';
import type { Resource } from '../types.ts';

/**
 * One value in a collection. `type` is a FHIR type (`HumanName`, `string`, `Patient.contact`) or a system type
 * (`System.String`). `extra` is the `_x` object of a primitive.
 */
export type Node = { value: unknown; type: string; extra?: Record<string, unknown> };

export type Tree = Record<string, unknown>;

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExact(value);
}

/** A quantity as FHIRPath computes with it. Calendar units are words (`day`), UCUM units codes (`d`). */
export type Quantity = { value: number; unit: string; isCalendar: boolean };

export type Kind =
  'boolean' | 'integer' | 'decimal' | 'string' | 'date' | 'dateTime' | 'time' | 'quantity' | 'complex';

const kinds: Record<string, Kind> = {
  'System.Boolean': 'boolean',
  'System.Integer': 'integer',
  'System.Long': 'integer',
  'System.Decimal': 'decimal',
  'System.String': 'string',
  'System.Date': 'date',
  'System.DateTime': 'dateTime',
  'System.Time': 'time',
  'System.Quantity': 'quantity',
  boolean: 'boolean',
  integer: 'integer',
  integer64: 'integer',
  positiveInt: 'integer',
  unsignedInt: 'integer',
  decimal: 'decimal',
  date: 'date',
  dateTime: 'dateTime',
  instant: 'dateTime',
  time: 'time',
  Quantity: 'quantity',
  Age: 'quantity',
  Count: 'quantity',
  Distance: 'quantity',
  Duration: 'quantity',
  SimpleQuantity: 'quantity',
  MoneyQuantity: 'quantity',
};

/** What a node counts as when it is compared or computed with. */
export function kindOf(node: Node): Kind {
  const known = kinds[node.type];
  if (known) return known;
  if (typeof node.value === 'string') return 'string';
  if (typeof node.value === 'boolean') return 'boolean';
  if (typeof node.value === 'number' || isExact(node.value)) return 'decimal';
  return 'complex';
}

/** True when the node holds a value, not only an id or extensions. */
export function hasValue(node: Node): boolean {
  return node.value !== undefined && node.value !== null;
}

export function numberOf(node: Node): number {
  const { value } = node;
  return typeof value === 'number' ? value : Number(isExact(value) ? value.rawJSON : value);
}

/** The number as written, so that 1.00 keeps its places. */
export function numberText(node: Node): string {
  const { value } = node;
  return exactText(value);
}

export const system = {
  boolean: (value: boolean): Node => ({ value, type: 'System.Boolean' }),
  integer: (value: number): Node => ({ value, type: 'System.Integer' }),
  decimal: (value: number): Node => ({ value, type: 'System.Decimal' }),
  string: (value: string): Node => ({ value, type: 'System.String' }),
  quantity: (value: Quantity): Node => ({ value, type: 'System.Quantity' }),
};

/** How the engine walks FHIR data: by the definitions, with a fallback for content they do not know. */
export type Model = {
  children(node: Node, name: string): Node[];
  allChildren(node: Node): Node[];
  /** True when `type` is `wanted` or made from it. */
  isA(type: string, wanted: string): boolean;
  isType(name: string): boolean;
  /** True when the definitions know the type and it has no such element. */
  lacks(type: string, name: string): boolean;
};

/** Makes a model from the definitions. */
export function createModel(definitions: Definitions): Model {
  const byType = new Map<string, Map<string, Field[]>>();

  function fieldsOf(type: string): Map<string, Field[]> {
    const known = byType.get(type);
    if (known) return known;
    const fields = new Map<string, Field[]>();
    for (const field of definitions.fields(type).values())
      fields.set(field.name, [...(fields.get(field.name) ?? []), field]);
    byType.set(type, fields);
    return fields;
  }

  function isA(type: string, wanted: string): boolean {
    for (let at: string | undefined = type; at !== undefined; at = baseOf(definitions, at))
      if (at === wanted) return true;
    return false;
  }

  return {
    children(node, name) {
      const found: Node[] = [];
      const source = isTree(node.value) ? node.value : node.extra;
      if (!source) return found;
      const fields = fieldsOf(node.type).get(name);
      if (fields) for (const field of fields) addField(found, source, field.key, field.type);
      else if (fieldsOf(node.type).size === 0) addField(found, source, name, 'Element');
      return found;
    },
    allChildren(node) {
      const found: Node[] = [];
      const source = isTree(node.value) ? node.value : node.extra;
      if (!source) return found;
      const fields = definitions.fields(isTree(node.value) ? node.type : 'Element');
      for (const key of Object.keys(source)) {
        if (key.startsWith('_') && source[key.slice(1)] !== undefined) continue;
        const field = fields.get(key.replace(/^_/, ''));
        if (field) addField(found, source, field.key, field.type);
      }
      return found;
    },
    isA,
    isType: (name) => definitions.structure(name) !== undefined,
    lacks: (type, name) => {
      const fields = fieldsOf(type);
      return fields.size > 0 && !fields.has(name);
    },
  };
}

function baseOf(definitions: Definitions, type: string): string | undefined {
  if (type.includes('.')) return type.startsWith('System.') ? undefined : 'BackboneElement';
  return definitions.structure(type)?.base?.split('/').at(-1);
}

function addField(into: Node[], source: Tree, key: string, type: string): void {
  const value = source[key];
  const extra = source[`_${key}`];
  if (Array.isArray(value) || Array.isArray(extra)) {
    const values = Array.isArray(value) ? value : [];
    const extras = Array.isArray(extra) ? extra : [];
    for (let at = 0; at < Math.max(values.length, extras.length); at++)
      addOne(into, values[at], extras[at], type);
  } else {
    addOne(into, value, extra, type);
  }
}

function addOne(into: Node[], value: unknown, extra: unknown, type: string): void {
  const present = value !== undefined && value !== null;
  if (!present && !isTree(extra)) return;
  const node: Node = { value: present ? value : undefined, type: typeOf(value, type) };
  if (isTree(extra)) node.extra = extra;
  into.push(node);
}

function typeOf(value: unknown, type: string): string {
  const own = isTree(value) ? value['resourceType'] : undefined;
  return typeof own === 'string' ? own : type;
}

/** A resource as the root of a path. */
export function resourceNode(resource: Resource): Node {
  return { value: resource, type: resource.resourceType };
}
