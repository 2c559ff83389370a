import { Problem } from '../../platform/errors.ts';

/** The ETag of a version: `W/"3"`. */
export function etag(version: number): string {
  return `W/"${version}"`;
}

/** The version an If-Match header asks for; undefined when there is none or it is `*`. */
export function versionWanted(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = versionOf(header);
  if (version !== undefined) return version;
  throw new Problem('rest/if-match', 400, 'If-Match must name one version, such as W/"3".', {
    place: 'If-Match',
    wayOut: 'Send the ETag of the version you read.',
  });
}

/** True when the client already holds this version, so that 304 is the answer. If-None-Match comes before If-Modified-Since (RFC 9110, 13.2.2). */
export function isNotModified(
  stored: { version: number; lastUpdated: Date },
  headers: { ifNoneMatch?: string | undefined; ifModifiedSince?: string | undefined },
): boolean {
  if (headers.ifNoneMatch !== undefined) {
    return headers.ifNoneMatch
      .split(',')
      .some((tag) => tag.trim() === '*' || versionOf(tag) === stored.version);
  }
  if (headers.ifModifiedSince === undefined) return false;
  const since = Date.parse(headers.ifModifiedSince);
  return !Number.isNaN(since) && Math.floor(stored.lastUpdated.getTime() / 1000) <= Math.floor(since / 1000);
}

function versionOf(tag: string): number | undefined {
  const found = /^(?:W\/)?"?([1-9]\d{0,9})"?$/.exec(tag.trim());
  return found ? Number(found[1]) : undefined;
}
