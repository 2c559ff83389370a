import { Problem } from '../../../platform/errors.ts';
import type { Resource } from '../../types.ts';
import { findShape, type InteractionName, type Method, type Target } from '../interactions.ts';

/** One entry of a batch or transaction, read and checked on its own. */
export type Entry = {
  /** Its place in the bundle, from 0. */
  index: number;
  /** How an issue names it: `Bundle.entry[3]`; empty when the entry is the whole request. */
  place: string;
  method: Method;
  head: boolean;
  interaction: InteractionName;
  target: Target;
  /** What follows the question mark, still encoded. */
  query: string;
  fullUrl?: string;
  resource?: Resource;
  /** A patch that is not a resource. */
  jsonPatch?: unknown;
  ifMatch?: string;
  ifNoneMatch?: string;
  ifNoneExist?: string;
  ifModifiedSince?: string;
};

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Where something of an entry stands: `Bundle.entry[3].request.url`. */
export const placeIn = (entry: { place: string }, part: string): string =>
  entry.place === '' ? part : `${entry.place}.${part}`;

/** Reads one entry. Throws a Problem with the place when the request makes no sense. */
export function readEntry(raw: unknown, index: number, baseUrl: string): Entry {
  const place = `Bundle.entry[${index}]`;
  const entry = asObject(raw);
  const request = asObject(entry?.['request']);
  if (entry === undefined || request === undefined) {
    throw refuse(
      'rest/entry-request',
      'The entry does not say what to do.',
      `${place}.request`,
      'Add request.method and request.url.',
    );
  }
  const word = request['method'];
  if (typeof word !== 'string' || !methods.has(word)) {
    throw refuse(
      'rest/entry-method',
      'The method is not known.',
      `${place}.request.method`,
      `Use one of ${[...methods].join(', ')}.`,
    );
  }
  const method = (word === 'HEAD' ? 'GET' : word) as Method;
  const { path, query } = splitUrl(textOf(request['url']) ?? '', baseUrl);
  const found = findShape(path);
  const interaction = found?.shape.methods[method];
  if (found === undefined || interaction === undefined || interaction === 'bundle') {
    throw refuse(
      'rest/entry-url',
      'No such request can be made here.',
      `${place}.request.url`,
      'Use an address such as Patient or Patient/1.',
    );
  }
  const resource = asObject(entry['resource']) as Resource | undefined;
  if (resource === undefined && (method === 'PUT' || method === 'PATCH' || interaction === 'create')) {
    throw refuse(
      'rest/entry-resource',
      'The entry has no resource.',
      `${place}.resource`,
      'Add the resource to store.',
    );
  }
  return {
    index,
    place,
    method,
    head: word === 'HEAD',
    interaction,
    target: found.target,
    query,
    ...optional('fullUrl', entry['fullUrl']),
    ...(resource && { resource }),
    ...optional('ifMatch', request['ifMatch']),
    ...optional('ifNoneMatch', request['ifNoneMatch']),
    ...optional('ifNoneExist', request['ifNoneExist']),
    ...optional('ifModifiedSince', request['ifModifiedSince']),
  };
}

/** Splits a request address into the path under the base and the query. */
export function splitUrl(url: string, baseUrl: string): { path: string; query: string } {
  const local = url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length + 1) : url;
  const mark = local.indexOf('?');
  return mark < 0 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

const refuse = (code: string, text: string, place: string, wayOut: string): Problem =>
  new Problem(code, 400, text, { place, wayOut });

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function optional<Name extends string>(name: Name, value: unknown): { [key in Name]?: string } {
  return typeof value === 'string' ? ({ [name]: value } as { [key in Name]: string }) : {};
}
