import type { Definitions, ElementInfo, Structure } from './types.ts';

/** Finds an element by dotted path, through data types, choices by their JSON name, and content references. */
export function elementAt(definitions: Definitions, path: string): ElementInfo | undefined {
  const [type = '', ...names] = path.split('.');
  const root = definitions.structure(type);
  if (!root) return undefined;
  let found = root.elements[0];
  let place: Place = { structure: root, id: root.elements[0]?.id ?? type };
  for (const name of names) {
    const match = childMatch(directChildren(place.structure, place.id), name);
    if (!match) return undefined;
    found = match;
    const next = placeOf(definitions, place.structure, match);
    if (!next && name !== names.at(-1)) return undefined;
    place = next ?? place;
  }
  return found;
}

/** Lists the direct children of a type or of an element path, in the order of the specification. */
export function childrenOf(definitions: Definitions, path: string): ElementInfo[] {
  if (!path.includes('.')) {
    const structure = definitions.structure(path);
    return structure ? directChildren(structure, structure.elements[0]?.id ?? path) : [];
  }
  const element = elementAt(definitions, path);
  const root = definitions.structure(element?.path.split('.')[0] ?? path);
  const place = element && root && placeOf(definitions, root, element);
  return place ? directChildren(place.structure, place.id) : [];
}

type Place = { structure: Structure; id: string };

/** Where the children of an element are stated: in the same structure, by content reference, or in its data type. */
function placeOf(definitions: Definitions, structure: Structure, element: ElementInfo): Place | undefined {
  if (element.contentReference !== undefined) return { structure, id: element.contentReference };
  if (directChildren(structure, element.id).length > 0) return { structure, id: element.id };
  const [only] = element.types;
  const type = element.types.length === 1 && only ? definitions.structure(only.code) : undefined;
  return type && { structure: type, id: type.elements[0]?.id ?? '' };
}

function directChildren(structure: Structure, id: string): ElementInfo[] {
  const prefix = `${id}.`;
  return structure.elements.filter(
    (element) =>
      element.id.startsWith(prefix) &&
      !element.id.slice(prefix.length).includes('.') &&
      element.sliceName === undefined,
  );
}

function childMatch(children: ElementInfo[], name: string): ElementInfo | undefined {
  const exact = children.find((child) => child.name === name);
  if (exact) return exact;
  for (const child of children) {
    if (!child.name.endsWith('[x]')) continue;
    const stem = child.name.slice(0, -3);
    if (name === stem) return child;
    const type = name.startsWith(stem)
      ? child.types.find((one) => stem + capital(one.code) === name)
      : undefined;
    if (type) return { ...child, types: [type] };
  }
  return undefined;
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
