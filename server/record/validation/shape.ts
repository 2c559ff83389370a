import { Problem } from '../../platform/errors.ts';
import {
  choiceKey,
  type Definitions,
  type ElementInfo,
  type ElementType,
  type Structure,
} from '../definitions/index.ts';

/** An element of one structure with what stands below it, ready to be walked. */
export type Shape = {
  structure: Structure;
  element: ElementInfo;
  /** Children stated in this structure; empty when the data type's own structure states them. */
  children: Shape[];
  slices: Shape[];
  /** JSON keys this element may have in its parent, with the type each means. */
  keys: { key: string; type: ElementType }[];
  /** Children by JSON key. */
  byKey: Map<string, { child: Shape; type: ElementType }>;
};

export type Shapes = {
  /** The shape of a type or profile; undefined when the definition is not here. */
  of(typeOrUrl: string): Shape | undefined;
};

/** Makes shapes from definitions, each once. */
export function createShapes(definitions: Definitions): Shapes {
  const made = new Map<string, Shape | undefined>();
  return {
    of(typeOrUrl) {
      if (made.has(typeOrUrl)) return made.get(typeOrUrl);
      const structure = usable(definitions, typeOrUrl);
      const shape = structure && toShape(structure);
      made.set(typeOrUrl, shape);
      return shape;
    },
  };
}

/** A profile whose snapshot cannot be made counts as not loaded; loading its package says why. */
function usable(definitions: Definitions, typeOrUrl: string): Structure | undefined {
  try {
    return definitions.structure(typeOrUrl);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function toShape(structure: Structure): Shape | undefined {
  const byId = new Map<string, Shape>();
  for (const element of structure.elements) {
    byId.set(element.id, {
      structure,
      element,
      children: [],
      slices: [],
      keys: keysOf(element),
      byKey: new Map(),
    });
  }
  for (const [id, shape] of byId) {
    const dot = id.lastIndexOf('.');
    const parent = byId.get(id.slice(0, Math.max(dot, 0)));
    const sliceMark = id.indexOf(':', dot + 1);
    if (!parent) continue;
    if (sliceMark < 0) addChild(parent, shape);
    else (byId.get(id.slice(0, sliceMark)) ?? parent).slices.push(shape);
  }
  for (const shape of byId.values()) {
    const referred = shape.element.contentReference;
    const target = referred === undefined ? undefined : byId.get(referred);
    if (target && shape.children.length === 0) {
      shape.children = target.children;
      shape.byKey = target.byKey;
      shape.element = { ...shape.element, constraints: target.element.constraints };
    }
  }
  return byId.get(structure.elements[0]?.id ?? '');
}

function addChild(parent: Shape, child: Shape): void {
  parent.children.push(child);
  for (const { key, type } of child.keys) parent.byKey.set(key, { child, type });
}

function keysOf(element: ElementInfo): Shape['keys'] {
  const { name, types } = element;
  if (!name.endsWith('[x]')) return [{ key: name, type: types[0] ?? { code: 'BackboneElement' } }];
  return types.map((type) => ({ key: choiceKey(name.slice(0, -3), type.code), type }));
}
