import type { Resource } from '../types.ts';

/** Where content goes before its stamp begins: `{"resourceType":"Patient","id":"x","meta":{`. */
export const headOf = (type: string, id: string): string => `${startOf(type, id)},"meta":{`;

const startOf = (type: string, id: string): string => `{"resourceType":"${type}","id":"${id}"`;
const metaStart = ',"meta":{';

/**
 * The content after the stamp: the rest of meta, then everything else. It is what the digest is of. `written`, where it is
 * known, is the resource as `JSON.stringify` writes it: when its first keys are the usual ones, the content is cut out of it.
 */
export function tailOf(resource: Resource, written?: string): string {
  return (written === undefined ? undefined : cutTail(resource, written)) ?? writtenTail(resource);
}

/** Meta stands right after the id, or at the very end; elsewhere it is not looked for. */
function cutTail({ resourceType, id, meta }: Resource, written: string): string | undefined {
  const start = startOf(resourceType, id ?? '');
  if (!written.startsWith(start)) return undefined;
  if (meta === undefined) return `}${written.slice(start.length)}`;
  if (meta.versionId !== undefined || meta.lastUpdated !== undefined) return undefined;
  const metaText = JSON.stringify(meta);
  if (metaText === '{}') return undefined;
  if (written.startsWith(metaStart, start.length))
    return `,${written.slice(start.length + metaStart.length)}`;
  const end = `,"meta":${metaText}}`;
  if (!written.endsWith(end)) return undefined;
  return `,${metaText.slice(1)}${written.slice(start.length, written.length - end.length)}}`;
}

function writtenTail(resource: Resource): string {
  const { resourceType: _type, id: _id, meta, ...rest } = resource;
  const restText = JSON.stringify(rest);
  const after = restText === '{}' ? '}' : `,${restText.slice(1)}`;
  if (meta === undefined) return `}${after}`;
  const { versionId: _version, lastUpdated: _at, ...kept } = meta;
  const metaText = JSON.stringify(kept);
  return metaText === '{}' ? `}${after}` : `,${metaText.slice(1)}${after}`;
}
