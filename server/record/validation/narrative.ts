/** Narrative safety. Source: http://hl7.org/fhir/R4/narrative.html#xhtml (constraints txt-1 and txt-2). */

const elements = new Set(
  (
    'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ' +
    'li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var'
  ).split(' '),
);
const attributes = new Set(
  (
    'abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class ' +
    'colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev rowspan rules ' +
    'scope shape span src start style summary tabindex title type usemap valign value vspace width xml:lang xml:space xml:id xmlns'
  ).split(' '),
);
const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';
const token =
  /<!--[\s\S]*?-->|<\/([A-Za-z][\w:.-]*)\s*>|<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+|</g;
const attribute = /([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')/g;
const entity = /&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)/;
const unsafeUrl = /^\s*(?:javascript|vbscript|data:text)/i;

const known = new Map<string, string | undefined>();

/** Says what is wrong with a narrative `div`, or undefined. Answers for short texts are kept, since many resources share them. */
export function narrativeFault(xhtml: string): string | undefined {
  if (xhtml.length > 300) return fault(xhtml);
  if (!known.has(xhtml)) {
    if (known.size > 1000) known.clear();
    known.set(xhtml, fault(xhtml));
  }
  return known.get(xhtml);
}

function fault(xhtml: string): string | undefined {
  const open: string[] = [];
  let words = false;
  let roots = 0;
  for (const match of xhtml.trim().matchAll(token)) {
    const [text, closing, opening, given = '', selfClosing] = match;
    if (closing !== undefined) {
      if (open.pop() !== closing) return `the end tag </${closing}> does not match its start tag`;
    } else if (opening !== undefined) {
      if (open.length === 0 && ++roots > 1) return 'there must be one div around everything';
      const wrong = elementFault(opening, given, open.length === 0);
      if (wrong) return wrong;
      words ||= opening === 'img';
      if (!selfClosing) open.push(opening);
    } else if (text === '<') {
      return 'it is not well-formed XHTML';
    } else if (!text.startsWith('<!--')) {
      if (open.length === 0 && text.trim() !== '') return 'there must be one div around everything';
      if (entity.test(text)) return 'an ampersand must be written as &amp;';
      words ||= text.trim() !== '';
    }
  }
  if (open.length > 0) return `the start tag <${open.at(-1)}> has no end tag`;
  if (roots === 0) return 'there must be one div around everything';
  return words ? undefined : 'it must hold some text or an image';
}

function elementFault(name: string, given: string, isRoot: boolean): string | undefined {
  if (isRoot && name !== 'div') return 'there must be one div around everything';
  if (!elements.has(name)) return `the element <${name.slice(0, 30)}> is not allowed in a narrative`;
  let namespace: string | undefined;
  for (const [, key = '', quoted = ''] of given.matchAll(attribute)) {
    const value = quoted.slice(1, -1);
    if (key === 'xmlns') namespace = value;
    else if (!attributes.has(key) && !key.startsWith('xmlns:'))
      return `the attribute ${key.slice(0, 30)} is not allowed in a narrative`;
    if ((key === 'href' || key === 'src') && unsafeUrl.test(value))
      return `the attribute ${key} must not hold a script`;
    if (entity.test(value)) return 'an ampersand must be written as &amp;';
  }
  if (isRoot && namespace !== xhtmlNamespace) return `the div must be in the namespace ${xhtmlNamespace}`;
  if (namespace !== undefined && namespace !== xhtmlNamespace)
    return `every element must be in the namespace ${xhtmlNamespace}`;
  return undefined;
}
