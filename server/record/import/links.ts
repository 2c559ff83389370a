/** What the links of one bundle stand for: `urn:uuid:...` or a full URL to `Type/id`. */
export type Links = {
  /** `Type/id` for a link of the bundle, or undefined. */
  targetOf(link: string): string | undefined;
  /** Says whether some of the bundle's own `Type/id` stand for another resource (a conditional create that found one). */
  readonly hasAliases: boolean;
  /** Says whether something stands for a Binary, which attachments may name. */
  readonly hasBinaries: boolean;
};

export const noLinks: Links = { targetOf: () => undefined, hasAliases: false, hasBinaries: false };

/** The links found in one text, and the text with those put in that could be told at once. */
export type Rewritten = {
  text: string;
  /** Links that must be looked up: conditional references, and URNs the bundle does not know. */
  unknown: string[];
  /** `Type/id` of every resource referred to. */
  targets: string[];
};

const key = '"reference"';
const plainReference = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const conditional = /^[A-Z][A-Za-z]+\?./;

/**
 * Puts `Type/id` in place of the links in a resource's JSON text: in each `reference`, and where an attachment or the
 * narrative names a URN of the bundle. `text` must have no escaped quotes or slashes inside references; see `hasEscapedReference`.
 * Source: FHIR R4 http.html#trules.
 */
export function rewriteLinks(text: string, links: Links, found: ReadonlyMap<string, string>): Rewritten {
  const unknown: string[] = [];
  const targets: string[] = [];
  let rewritten = '';
  let kept = 0;
  for (let at = text.indexOf(key); at !== -1; at = text.indexOf(key, at + key.length)) {
    const start = valueStart(text, at + key.length);
    if (start === -1) continue;
    const end = text.indexOf('"', start);
    const link = text.slice(start, end);
    const target = targetOf(link, links, found);
    if (target === undefined) {
      if (needsLookUp(link)) unknown.push(link);
      else if (isPlainReference(link)) targets.push(withoutVersion(link));
      continue;
    }
    targets.push(withoutVersion(target));
    if (target === link) continue;
    rewritten += text.slice(kept, start) + target;
    kept = end;
  }
  const whole = kept === 0 ? text : rewritten + text.slice(kept);
  return { text: inAttachments(inNarrative(whole, links), links), unknown, targets };
}

/** True when a reference is written with escapes, so that the text must be written anew before its links are looked at. */
export function hasEscapedReference(text: string): boolean {
  if (!text.includes('\\')) return false;
  return /"reference"\s*:\s*"[^"]*\\/.test(text) || /"(?:\\u|r\\u|re\\u)/.test(text);
}

/** Where the string value begins that follows a key, or -1 when it is none. */
function valueStart(text: string, from: number): number {
  let at = skipSpace(text, from);
  if (text.charCodeAt(at) !== 0x3a) return -1;
  at = skipSpace(text, at + 1);
  return text.charCodeAt(at) === 0x22 ? at + 1 : -1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

function targetOf(link: string, links: Links, found: ReadonlyMap<string, string>): string | undefined {
  const first = link.charCodeAt(0);
  if (first === 0x23) return undefined;
  if (first === 0x75 || first === 0x68) return links.targetOf(link) ?? found.get(link);
  if (links.hasAliases) return links.targetOf(link) ?? found.get(link);
  return found.size === 0 ? undefined : found.get(link);
}

function needsLookUp(link: string): boolean {
  return link.startsWith('urn:uuid:') || link.startsWith('urn:oid:') || conditional.test(link);
}

const isPlainReference = (link: string): boolean => plainReference.test(link);

function withoutVersion(reference: string): string {
  const at = reference.indexOf('/_history/');
  return at === -1 ? reference : reference.slice(0, at);
}

const narrativeLink = /(\b(?:href|src)=\\")(urn:[^"\\]+)(?=\\")/g;

function inNarrative(text: string, links: Links): string {
  if (!text.includes('=\\"urn:')) return text;
  return text.replace(
    narrativeLink,
    (_whole, before: string, link: string) => `${before}${links.targetOf(link) ?? link}`,
  );
}

const urlOfUrn = /("url"\s*:\s*")(urn:[^"\\]+)(?=")/g;

/** An attachment may lie beside its document in the bundle, as a Binary. Other urls may be canonical and stay. */
function inAttachments(text: string, links: Links): string {
  if (!links.hasBinaries || !text.includes('"urn:')) return text;
  return text.replace(urlOfUrn, (whole, before: string, link: string) => {
    const target = links.targetOf(link);
    return target?.startsWith('Binary/') === true ? `${before}${target}` : whole;
  });
}
