import type { Head } from './identity.ts';
import type { Links } from './links.ts';
import type { Fault, Found } from './reading/index.ts';
import type { QuarantineItem } from './types.ts';

/** What reading could not make sense of, as something to mend. */
export function itemOfFault(fault: Fault, file: string, source: string): QuarantineItem {
  const item: QuarantineItem = {
    file,
    source,
    entry: fault.entry,
    code: fault.code,
    reason: fault.reason,
    wayOut: fault.wayOut,
    issues: [],
    format: fault.raw.trimStart().startsWith('<') ? 'xml' : 'json',
    raw: fault.raw,
    rawCut: fault.rawCut ?? false,
    links: {},
  };
  if (fault.line !== undefined) item.line = fault.line;
  if (fault.column !== undefined) item.column = fault.column;
  return item;
}

/** An entry that was read but cannot be stored. */
export function itemOfFound(
  found: Found,
  about: {
    file: string;
    source: string;
    head: Head | undefined;
    id: string | undefined;
    links: Links;
    bundleType: string | undefined;
    code: string;
    reason: string;
  },
): QuarantineItem {
  const item: QuarantineItem = {
    file: about.file,
    source: about.source,
    entry: found.entry,
    line: found.line,
    column: found.column,
    code: about.code,
    reason: about.reason,
    issues: [],
    format: found.format,
    raw: found.text,
    rawCut: false,
    links: linksUsed(found.text, about.links),
  };
  const resourceId = about.id ?? about.head?.id;
  if (about.head !== undefined) item.type = about.head.type;
  if (resourceId !== undefined) item.resourceId = resourceId;
  if (found.fullUrl !== undefined) item.fullUrl = found.fullUrl;
  if (found.request !== undefined) item.request = found.request;
  if (about.bundleType !== undefined) item.bundleType = about.bundleType;
  return item;
}

const anyLink =
  /(?:"reference"\s*:\s*|<reference value=|\b(?:href|src)=\\?)"((?:urn:|https?:|[A-Z][A-Za-z]+\/)[^"\\]*)/g;

/** What the bundle said of the links in a text. */
function linksUsed(text: string, links: Links): Record<string, string> {
  const used: Record<string, string> = {};
  for (const [, link] of text.matchAll(anyLink)) {
    const target = link === undefined ? undefined : links.targetOf(link);
    if (link !== undefined && target !== undefined) used[link] = target;
  }
  return used;
}
