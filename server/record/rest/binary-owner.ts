import type { StoredResource } from '../types.ts';

const relative = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** What a Binary names as the resource it stands under, and the addresses by which documents point to it. */
export function namesOfBinary(
  { id, content }: StoredResource,
  baseUrl: string,
): { context: { type: string; id: string } | undefined; addresses: string[] } {
  const { securityContext } = JSON.parse(content) as { securityContext?: { reference?: string } };
  const [, type, contextId] = relative.exec(securityContext?.reference ?? '') ?? [];
  return {
    context: type === undefined || contextId === undefined ? undefined : { type, id: contextId },
    addresses: [`Binary/${id}`, `${baseUrl}/Binary/${id}`],
  };
}
