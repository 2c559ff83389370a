import type { Coding, Resource } from '../types.ts';
import { shapeOf, type Child, type Shape, type Shapes } from './shapes.ts';

/** What of a resource is asked for: a `_summary` mode, or the `_elements` listed. */
export type Selection = { summary: 'true' | 'text' | 'data' } | { elements: readonly string[] };

type JsonObject = { [key: string]: unknown };

const subsetted: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};
const always = new Set(['resourceType', 'id', 'meta']);

/**
 * Gives the part of a resource that `_summary` or `_elements` asks for, marked SUBSETTED. Mandatory and modifier elements stay.
 * The resource itself is not changed. Source: HL7 FHIR R4, sections 3.1.1.5.9 and 3.1.1.5.10.
 */
export function summarise(resource: Resource, selection: Selection, shapes: Shapes): Resource {
  const shape = shapeOf(shapes, resource.resourceType);
  const part: JsonObject = {};
  const isWanted = topLevel(selection, resource.resourceType);
  for (const [key, value] of Object.entries(resource)) {
    const child = childOf(shape, key);
    if (!always.has(key) && (child === undefined || !isWanted(child))) continue;
    part[key] =
      isSummary(selection) && child !== undefined && key !== 'meta' ? summaryOf(child, value, shapes) : value;
  }
  return { ...part, resourceType: resource.resourceType, meta: marked(resource.meta) };
}

function isSummary(selection: Selection): boolean {
  return 'summary' in selection && selection.summary === 'true';
}

function topLevel(selection: Selection, type: string): (child: Child) => boolean {
  if ('elements' in selection) {
    const names = new Set(
      selection.elements.map((name) =>
        bare(name.startsWith(`${type}.`) ? name.slice(type.length + 1) : name),
      ),
    );
    return (child) => isKept(child) || names.has(child.name) || names.has(bare(child.definedName));
  }
  if (selection.summary === 'text') return (child) => isKept(child) || child.name === 'text';
  if (selection.summary === 'data') return (child) => child.name !== 'text';
  return (child) => isKept(child) || child.isSummary;
}

/** Leaving these out would make the rest invalid, or change what it means. */
function isKept(child: Child): boolean {
  return child.isMandatory || child.isModifier;
}

function bare(name: string): string {
  return name.endsWith('[x]') ? name.slice(0, -3) : name;
}

function childOf(shape: Shape, key: string): Child | undefined {
  return shape.get(key) ?? (key.startsWith('_') ? shape.get(key.slice(1)) : undefined);
}

function summaryOf(child: Child, value: unknown, shapes: Shapes): unknown {
  if (child.kind !== 'complex') return value;
  const shape = shapeOf(shapes, child.shape);
  if (Array.isArray(value)) return value.map((item) => summaryOfObject(item as JsonObject, shape, shapes));
  return summaryOfObject(value as JsonObject, shape, shapes);
}

function summaryOfObject(object: JsonObject, shape: Shape, shapes: Shapes): JsonObject {
  const part: JsonObject = {};
  for (const [key, value] of Object.entries(object)) {
    const child = childOf(shape, key);
    if (child === undefined || !(isKept(child) || child.isSummary)) continue;
    part[key] = summaryOf(child, value, shapes);
  }
  return part;
}

function marked(meta: Resource['meta']): NonNullable<Resource['meta']> {
  const tags = meta?.tag ?? [];
  if (tags.some((tag) => tag.system === subsetted.system && tag.code === subsetted.code)) return { ...meta };
  return { ...meta, tag: [...tags, { ...subsetted }] };
}
