import type { Head } from './identity.ts';
import type { Found } from './reading/index.ts';

/** A search that must find at most one resource: `Patient`, `identifier=...`. */
export type Condition = { type: string; query: string };

/** What an entry of a bundle, or a lone resource, asks for. */
export type Action =
  | {
      kind: 'put';
      /** The id its request names, where that is not the resource's own. */
      id?: string;
      /** Store only when nothing matches. */
      unless?: Condition;
      /** Store in place of what matches. */
      inPlaceOf?: Condition;
    }
  | { kind: 'delete'; type: string; id: string }
  | { kind: 'delete-matching'; condition: Condition }
  | { kind: 'skip' }
  | Refusal;

export type Refusal = { kind: 'refuse'; code: string; reason: string; wayOut: string };

/** Bundles whose entries are requests. An unfinished bundle may not have told its type. */
const requestBundles = new Set(['transaction', 'batch', '']);
const instanceUrl = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;
const conditionUrl = /^([A-Z][A-Za-z]+)\?(.+)$/;

/** Bundles that are kept whole, besides their entries. */
export const wholeBundles: ReadonlySet<string> = new Set(['document', 'message']);

/** Decides what to do with an entry. `head` is undefined when it has no resource that can be read. */
export function actionFor(
  found: Pick<Found, 'request' | 'text'>,
  head: Head | undefined,
  bundleType: string | undefined,
): Action {
  const request = bundleType !== undefined && requestBundles.has(bundleType) ? found.request : undefined;
  if (request === undefined) {
    if (found.text === '') return noResource;
    return bundleType === 'searchset' && head?.type === 'OperationOutcome'
      ? { kind: 'skip' }
      : { kind: 'put' };
  }
  switch (request.method) {
    case 'POST':
    case '':
      return found.text === '' ? noResource : postAction(request.ifNoneExist, head);
    case 'PUT':
      return found.text === '' ? noResource : putAction(request.url, head);
    case 'DELETE':
      return deleteAction(request.url);
    case 'GET':
    case 'HEAD':
      return { kind: 'skip' };
    case 'PATCH':
      return refuse(
        'not-supported',
        'An import does not apply patches.',
        'Send the whole resource, or PATCH it over FHIR.',
      );
    default:
      return refuse(
        'invalid',
        'The request of this entry cannot be read.',
        'Give entry.request.method and entry.request.url.',
      );
  }
}

function postAction(ifNoneExist: string | undefined, head: Head | undefined): Action {
  if (ifNoneExist === undefined || head === undefined) return { kind: 'put' };
  const query = ifNoneExist.slice(ifNoneExist.indexOf('?') + 1);
  return { kind: 'put', unless: { type: head.type, query } };
}

function putAction(url: string, head: Head | undefined): Action {
  const condition = conditionUrl.exec(url);
  if (condition !== null) return { kind: 'put', inPlaceOf: { type: condition[1]!, query: condition[2]! } };
  const instance = instanceUrl.exec(url);
  if (instance === null) {
    return refuse('invalid', 'The request does not name a resource.', 'Give entry.request.url as Type/id.');
  }
  const [, type, id] = instance;
  if (head !== undefined && (head.type !== type || (head.id !== undefined && head.id !== id))) {
    return refuse(
      'invalid',
      'The request names another resource than the entry holds.',
      'Make entry.request.url and the type and id of entry.resource agree.',
    );
  }
  return { kind: 'put', id: id! };
}

function deleteAction(url: string): Action {
  const condition = conditionUrl.exec(url);
  if (condition !== null)
    return { kind: 'delete-matching', condition: { type: condition[1]!, query: condition[2]! } };
  const instance = instanceUrl.exec(url);
  if (instance !== null) return { kind: 'delete', type: instance[1]!, id: instance[2]! };
  return refuse('invalid', 'The request does not name a resource.', 'Give entry.request.url as Type/id.');
}

const refuse = (code: string, reason: string, wayOut: string): Refusal => ({
  kind: 'refuse',
  code,
  reason,
  wayOut,
});

const noResource = refuse(
  'required',
  'The entry holds no resource.',
  'Give entry.resource, or leave the entry out.',
);
