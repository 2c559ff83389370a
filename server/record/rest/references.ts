import type { Resource } from '../types.ts';

type Tree = Record<string, unknown>;

/**
 * What to put in place of a target; undefined leaves it as it is.
 * `inReference` is false for uri elements and narrative links, which may name things outside the record.
 */
export type Substitute = (target: string, inReference: boolean) => string | undefined;

/** Says whether the element at a dotted path such as `Attachment.url` holds a uri, url, oid or uuid. */
export type HoldsUri = (path: string) => boolean;

const namedInNarrative = /\b(href|src)="([^"]+)"/g;

/**
 * Puts new targets into a resource, in place: in each Reference, and in uri elements and narrative links.
 * Canonical elements and text stay. Source: FHIR R4 http.html#trules.
 */
export function substituteReferences(resource: Resource, substitute: Substitute, holdsUri: HoldsUri): void {
  let inUris = false;
  const look = (value: string): void => {
    if (isAbsolute(value) && substitute(value, false) !== undefined) inUris = true;
  };
  const visit = (node: Tree): void => {
    for (const key in node) {
      const value = node[key];
      if (typeof value === 'string') {
        if (key === 'reference') {
          const found = substitute(value, true);
          if (found !== undefined) node[key] = found;
        } else if (key === 'div') {
          node[key] = inNarrative(value, substitute);
        } else {
          look(value);
        }
      } else if (typeof value === 'object' && value !== null) {
        if (Array.isArray(value)) visitList(value);
        else if (!isOtherResource(key, value as Tree)) visit(value as Tree);
      }
    }
  };
  const visitList = (list: unknown[]): void => {
    for (const item of list) {
      if (typeof item === 'object' && item !== null) visit(item as Tree);
      else if (typeof item === 'string') look(item);
    }
  };
  visit(resource);
  if (inUris) substituteUris(resource, resource.resourceType, substitute, holdsUri);
}

/** Every `reference` in a resource, in order. */
export function referencesOf(resource: Resource): string[] {
  const found: string[] = [];
  const visit = (node: Tree): void => {
    for (const key in node) {
      const value = node[key];
      if (typeof value === 'string') {
        if (key === 'reference') found.push(value);
      } else if (Array.isArray(value)) {
        for (const item of value) if (typeof item === 'object' && item !== null) visit(item as Tree);
      } else if (typeof value === 'object' && value !== null && !isOtherResource(key, value)) {
        visit(value as Tree);
      }
    }
  };
  visit(resource);
  return found;
}

function substituteUris(node: Tree, path: string, substitute: Substitute, holdsUri: HoldsUri): void {
  for (const key of Object.keys(node)) {
    const value = node[key];
    const place = `${path}.${key}`;
    if (typeof value === 'string') {
      if (key === 'reference' || !isAbsolute(value) || !holdsUri(place)) continue;
      const found = substitute(value, false);
      if (found !== undefined) node[key] = found;
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (typeof item === 'string' && isAbsolute(item) && holdsUri(place)) {
          value[index] = substitute(item, false) ?? item;
        } else if (typeof item === 'object' && item !== null) {
          substituteUris(item as Tree, pathOf(item as Tree, place), substitute, holdsUri);
        }
      }
    } else if (typeof value === 'object' && value !== null && !isOtherResource(key, value as Tree)) {
      substituteUris(value as Tree, pathOf(value as Tree, place), substitute, holdsUri);
    }
  }
}

const isAbsolute = (text: string): boolean => text.startsWith('urn:') || text.startsWith('http');

/** A resource carried inside a Bundle or Parameters: its references are its own affair. */
const isOtherResource = (key: string, value: object): boolean =>
  key === 'resource' && 'resourceType' in value;

/** A contained resource begins a path of its own. */
const pathOf = (node: Tree, place: string): string =>
  typeof node['resourceType'] === 'string' ? node['resourceType'] : place;

function inNarrative(html: string, substitute: Substitute): string {
  return html.replace(namedInNarrative, (whole, attribute: string, target: string) => {
    const found = substitute(target, false);
    return found === undefined ? whole : `${attribute}="${found}"`;
  });
}
