import type { RawElement } from '../structure.ts';

/** An element with its children and its slices. `name` is the last part of the path. */
export type Node = { name: string; element: RawElement; children: Node[]; slices: Node[] };

export type Segment = { name: string; slice?: string };

/** Splits `Patient.extension:nhs.value[x]` into names and slice names. */
export function segmentsOf(id: string): Segment[] {
  return id.split('.').map((part) => {
    const colon = part.indexOf(':');
    return colon < 0 ? { name: part } : { name: part.slice(0, colon), slice: part.slice(colon + 1) };
  });
}

/** Gives every element an id that agrees with its path and slice name, working it out from its neighbours where it is absent or wrong. */
export function withIds(elements: RawElement[]): RawElement[] {
  const lastIdAt = new Map<string, string>();
  return elements.map((element) => {
    const id = agreedId(element) ?? workedOutId(element, lastIdAt);
    lastIdAt.set(element.path, id);
    return { ...element, id };
  });
}

function agreedId({ id, path, sliceName }: RawElement): string | undefined {
  if (id === undefined) return undefined;
  const segments = segmentsOf(id);
  if (segments.map((one) => one.name).join('.') !== path) return undefined;
  return segments.at(-1)?.slice === sliceName || sliceName === undefined ? id : undefined;
}

function workedOutId({ path, sliceName }: RawElement, lastIdAt: Map<string, string>): string {
  const dot = path.lastIndexOf('.');
  const parent = dot < 0 ? '' : `${parentId(path.slice(0, dot), lastIdAt)}.`;
  return `${parent}${path.slice(dot + 1)}${sliceName === undefined ? '' : `:${sliceName}`}`;
}

function parentId(path: string, lastIdAt: Map<string, string>): string {
  const known = lastIdAt.get(path);
  if (known !== undefined) return known;
  const dot = path.lastIndexOf('.');
  return dot < 0 ? path : `${parentId(path.slice(0, dot), lastIdAt)}${path.slice(dot)}`;
}

/** Builds the tree of a snapshot. */
export function toTree(elements: RawElement[]): Node {
  const [first, ...rest] = withIds(elements);
  if (!first) throw new Error('a snapshot needs a first element');
  const root: Node = { name: first.path, element: first, children: [], slices: [] };
  for (const element of rest) {
    const segments = segmentsOf(element.id!).slice(1);
    const own = segments.pop()!;
    let parent: Node | undefined = root;
    for (const segment of segments) parent = parent && childNode(parent, segment);
    if (!parent) continue;
    const node: Node = { name: own.name, element, children: [], slices: [] };
    const unsliced =
      own.slice === undefined ? undefined : parent.children.find((child) => child.name === own.name);
    (unsliced ? unsliced.slices : parent.children).push(node);
  }
  return root;
}

/** Finds a child, or a slice of it. */
export function childNode(parent: Node, { name, slice }: Segment): Node | undefined {
  const child = parent.children.find((one) => one.name === name);
  return slice === undefined ? child : child?.slices.find((one) => one.element.sliceName === slice);
}

/** Lists the tree in snapshot order with ids and paths as they stand in it. */
export function toElements(root: Node): RawElement[] {
  const elements: RawElement[] = [];
  const add = (node: Node, id: string, path: string): void => {
    elements.push({ ...node.element, id, path });
    for (const child of node.children) {
      const childId = `${id}.${child.name}`;
      const childPath = `${path}.${child.name}`;
      add(child, childId, childPath);
      for (const slice of child.slices) add(slice, `${childId}:${slice.element.sliceName}`, childPath);
    }
  };
  add(root, root.name, root.name);
  return elements;
}

export function cloneNode(node: Node): Node {
  return {
    name: node.name,
    element: { ...node.element },
    children: node.children.map(cloneNode),
    slices: node.slices.map(cloneNode),
  };
}
