import type { StoredResource } from '../../types.ts';

/** An entry of an answered bundle, as JSON text. */
export type EntryText = string;

export type Link = { relation: string; url: string };

/** A Bundle as JSON text. Stored content is put in as it is, never parsed. */
export function bundleText(bundle: {
  id: string;
  type: string;
  at: Date;
  total?: number | undefined;
  links?: readonly Link[];
  entries: readonly EntryText[];
}): string {
  const { before, after } = bundleAround(bundle);
  const entries = bundle.entries.length === 0 ? '' : `,"entry":[${bundle.entries.join(',')}]`;
  return `${before}${entries}${after}`;
}

/** The text of a Bundle before and after its entries. */
export function bundleAround(bundle: {
  id: string;
  type: string;
  at: Date;
  total?: number | undefined;
  links?: readonly Link[];
}): { before: string; after: string } {
  const head = `{"resourceType":"Bundle","id":"${bundle.id}","meta":{"lastUpdated":"${bundle.at.toISOString()}"},"type":"${bundle.type}"`;
  const total = bundle.total === undefined ? '' : `,"total":${bundle.total}`;
  const links = bundle.links?.length ? `,"link":${JSON.stringify(bundle.links)}` : '';
  return { before: `${head}${total}${links}`, after: '}' };
}

/** An entry of a searchset. */
export function searchEntry(
  baseUrl: string,
  stored: StoredResource,
  content: string,
  mode: 'match' | 'include',
): EntryText {
  const { before, between, after } = searchWrapping(baseUrl, mode);
  return `${before}${stored.type}/${stored.id}${between}${content}${after}`;
}

/** The texts around the `Type/id` and the content of an entry of a searchset. */
export const searchWrapping = (baseUrl: string, mode: 'match' | 'include') => ({
  before: `{"fullUrl":"${baseUrl}/`,
  between: '","resource":',
  after: `,"search":{"mode":"${mode}"}}`,
});

/** The entry of a searchset that tells of the search itself. */
export function outcomeEntry(outcome: unknown): EntryText {
  return `{"resource":${JSON.stringify(outcome)},"search":{"mode":"outcome"}}`;
}

/** An entry of a history: a version, or the mark of a deletion. */
export function historyEntry(baseUrl: string, stored: StoredResource, content: string): EntryText {
  const url = `${stored.type}/${stored.id}`;
  const method = stored.deleted ? 'DELETE' : stored.version === 1 ? 'POST' : 'PUT';
  const status = stored.deleted ? '204' : stored.version === 1 ? '201' : '200';
  const resource = stored.deleted ? '' : `"resource":${content},`;
  const requestUrl = method === 'POST' ? stored.type : url;
  return (
    `{"fullUrl":"${baseUrl}/${url}",${resource}"request":{"method":"${method}","url":"${requestUrl}"},` +
    `"response":{"status":"${status}","etag":"W/\\"${stored.version}\\"","lastModified":"${stored.lastUpdated.toISOString()}"}}`
  );
}

export type EntryResponse = {
  fullUrl?: string | undefined;
  /** JSON text of the resource to give back. */
  resource?: string | undefined;
  status: string;
  location?: string | undefined;
  version?: number | undefined;
  lastModified?: Date | undefined;
  /** JSON text of an OperationOutcome. */
  outcome?: string | undefined;
};

/** An entry of a batch-response or transaction-response. */
export function responseEntry(response: EntryResponse): EntryText {
  const fullUrl = response.fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(response.fullUrl)},`;
  const resource = response.resource === undefined ? '' : `"resource":${response.resource},`;
  const location = response.location === undefined ? '' : `,"location":${JSON.stringify(response.location)}`;
  const version = response.version === undefined ? '' : `,"etag":"W/\\"${response.version}\\""`;
  const modified =
    response.lastModified === undefined ? '' : `,"lastModified":"${response.lastModified.toISOString()}"`;
  const outcome = response.outcome === undefined ? '' : `,"outcome":${response.outcome}`;
  return `{${fullUrl}${resource}"response":{"status":"${response.status}"${location}${version}${modified}${outcome}}}`;
}
