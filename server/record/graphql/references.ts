import type { ReferenceTarget } from './types.ts';

const restful = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/**
 * What a literal reference points at on this server: `Patient/1`, `Patient/1/_history/2`, or the same under one of the
 * addresses of this server. Undefined for anything else.
 */
export function targetOf(
  reference: string,
  baseUrls: readonly string[],
  isResourceType: (name: string) => boolean,
): ReferenceTarget | undefined {
  const base = baseUrls.map((url) => `${url.replace(/\/$/, '')}/`).find((url) => reference.startsWith(url));
  const [, type, id, version] =
    restful.exec(base === undefined ? reference : reference.slice(base.length)) ?? [];
  if (type === undefined || id === undefined || !isResourceType(type)) return undefined;
  return { type, id, ...(version === undefined ? {} : { version }) };
}
