import { Problem } from '../../../platform/errors.ts';
import type { Resource } from '../../types.ts';
import type { RawElement, RawType } from '../structure.ts';
import { mergeElement } from './merge.ts';
import {
  childNode,
  cloneNode,
  segmentsOf,
  toElements,
  toTree,
  withIds,
  type Node,
  type Segment,
} from './tree.ts';

export type FindStructure = (url: string) => Resource | undefined;

const made = new WeakMap<Resource, Resource>();
const structureBase = 'http://hl7.org/fhir/StructureDefinition/';

/** Gives a StructureDefinition its snapshot, made from its differential and its base when it has none. Throws a Problem when a base is missing. */
export function withSnapshot(raw: Resource, find: FindStructure, under: string[] = []): Resource {
  if (elementsOf(raw, 'snapshot').length > 0) return raw;
  const known = made.get(raw);
  if (known) return known;
  const url = String(raw['url']);
  if (under.includes(url))
    throw new Problem('record/profile-cycle', 422, 'Profiles build on each other in a circle.', {
      place: url,
    });
  const result = { ...raw, snapshot: { element: generate(raw, find, [...under, url]) } };
  made.set(raw, result);
  return result;
}

function elementsOf(raw: Resource, view: 'snapshot' | 'differential'): RawElement[] {
  return (raw[view] as { element?: RawElement[] } | undefined)?.element ?? [];
}

function generate(raw: Resource, find: FindStructure, under: string[]): RawElement[] {
  const base = raw['baseDefinition'] as string | undefined;
  const differential = elementsOf(raw, 'differential');
  if (base === undefined) return withIds(differential);
  const tree = cloneNode(snapshotTree(base, find, under));
  const type = differential[0]?.path.split('.')[0] ?? String(raw['type']);
  if (raw['derivation'] === 'specialization' || tree.name !== type) tree.name = type;
  const builder: Builder = { root: tree, find, under, mayAdd: raw['derivation'] === 'specialization' };
  for (const change of withIds(differential)) applyChange(builder, change);
  return toElements(tree);
}

type Builder = { root: Node; find: FindStructure; under: string[]; mayAdd: boolean };

function snapshotTree(url: string, find: FindStructure, under: string[]): Node {
  const raw = find(url.includes(':') ? url : structureBase + url);
  if (!raw) {
    throw new Problem('record/definition-missing', 422, `The definition ${url} is not loaded.`, {
      place: under.at(-1),
      wayOut: 'Load the package that holds it with ./openics profiles load PATH.',
    });
  }
  return toTree(elementsOf(withSnapshot(raw, find, under), 'snapshot'));
}

function applyChange(builder: Builder, change: RawElement): void {
  const segments = segmentsOf(change.id!).slice(1);
  let node = builder.root;
  segments.forEach((segment, at) => {
    node = step(builder, node, segment, at === segments.length - 1 ? change : undefined);
  });
  const { sliceName, ...rest } = change;
  node.element = mergeElement(node.element, node.element.sliceName === undefined ? rest : change);
  if (sliceName !== undefined && node.element.sliceName === undefined) node.element.sliceName = sliceName;
}

/** Goes one level down, opening data types and making slices as needed. */
function step(builder: Builder, parent: Node, segment: Segment, change: RawElement | undefined): Node {
  openType(builder, parent);
  const unsliced = childNode(parent, { name: segment.name });
  if (!unsliced) return choiceSlice(parent, segment.name) ?? newChild(builder, parent, segment.name, change);
  if (segment.slice === undefined) return unsliced;
  return childNode(parent, segment) ?? newSlice(unsliced, segment.slice);
}

/** A reslice `a/b` starts from slice `a`. */
function newSlice(unsliced: Node, name: string): Node {
  const origin = unsliced.slices.find((one) => name.startsWith(`${one.element.sliceName}/`)) ?? unsliced;
  const slice = cloneNode({ ...origin, slices: [] });
  const { slicing: _, ...element } = slice.element;
  slice.element = { ...element, min: 0, sliceName: name };
  const type = unsliced.name.endsWith('[x]') ? typeNamed(unsliced, name) : undefined;
  if (type) slice.element.type = [type];
  unsliced.slices.push(slice);
  return slice;
}

/** `valueQuantity` in a differential is the Quantity slice of `value[x]`. */
function choiceSlice(parent: Node, name: string): Node | undefined {
  for (const child of parent.children) {
    if (!child.name.endsWith('[x]')) continue;
    const type = typeNamed(child, name);
    if (!type) continue;
    if (child.element.type?.length === 1) return child;
    child.element.slicing ??= {
      discriminator: [{ type: 'type', path: '$this' }],
      rules: 'open',
      ordered: false,
    };
    return child.slices.find((one) => one.element.sliceName === name) ?? newSlice(child, name);
  }
  return undefined;
}

function typeNamed(choice: Node, name: string): RawType | undefined {
  const stem = choice.name.slice(0, -3);
  return choice.element.type?.find(
    (type) => stem + type.code[0]!.toUpperCase() + type.code.slice(1) === name,
  );
}

/** Only a new type may add elements; a profile that names one its base does not have is wrong. */
function newChild(builder: Builder, parent: Node, name: string, change: RawElement | undefined): Node {
  if (!builder.mayAdd) {
    throw new Problem(
      'record/profile-path',
      422,
      `The profile constrains ${name}, which its base does not have there.`,
      {
        place: builder.under.at(-1),
        wayOut: 'Correct the path in the differential.',
      },
    );
  }
  const element: RawElement = {
    path: name,
    min: change?.min ?? 0,
    max: change?.max ?? '*',
    type: change?.type,
  };
  element.base = { path: name, min: element.min ?? 0, max: element.max ?? '*' };
  const node: Node = { name, element, children: [], slices: [] };
  parent.children.push(node);
  return node;
}

/** Brings the children of an element's type, type profile or content reference into the tree, so that they can be constrained. */
function openType(builder: Builder, node: Node): void {
  if (node.children.length > 0 || node === builder.root) return;
  const reference = node.element.contentReference;
  if (reference !== undefined) {
    const target = findById(builder.root, reference.slice(reference.indexOf('#') + 1));
    node.children = (target?.children ?? []).map(cloneNode);
    return;
  }
  const types = node.element.type ?? [];
  const [only] = types;
  const source = types.length === 1 && only ? (only.profile?.[0] ?? only.code) : 'Element';
  const isSystemType = source.startsWith('http://hl7.org/fhirpath/');
  const tree = profileTree(builder, isSystemType ? 'Element' : source, only?.code);
  node.children = tree.children.map(cloneNode);
}

/** A profile that is not loaded falls back to the type it constrains: the validator says separately that it is absent. */
function profileTree(builder: Builder, source: string, code: string | undefined): Node {
  const known = builder.find(source.includes(':') ? source : structureBase + source);
  const usable = known !== undefined && !builder.under.includes(String(known['url']));
  return snapshotTree(usable || code === undefined ? source : code, builder.find, builder.under);
}

function findById(root: Node, id: string): Node | undefined {
  let node: Node | undefined = root;
  for (const segment of segmentsOf(id).slice(1)) node = node && childNode(node, segment);
  return node;
}
