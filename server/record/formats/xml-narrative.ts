import { SaxesParser, type SaxesTagNS } from 'saxes';
import { escapeAttribute, escapeText } from './xml-escape.ts';
import { htmlEntities } from './html-entities.ts';

export const xhtmlNamespace = 'http://www.w3.org/1999/xhtml';
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const namedEntity = /&([A-Za-z][A-Za-z0-9]*);/g;
const xmlEntities = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * Follows a narrative while XML is read. The text of the `div` is kept character for character; only where its
 * namespace is declared outside it (a prefix, or a default on the root) is it written anew.
 */
export class NarrativeReader {
  readonly #start: number;
  readonly #anew: boolean;
  readonly #declared: Set<string>[] = [];
  #written = '';

  constructor(tag: SaxesTagNS, start: number) {
    this.#start = start;
    this.#anew = tag.prefix !== '' || tag.ns[''] === undefined;
    this.open(tag);
  }

  /** False when the tag uses a prefix that is declared outside the narrative. */
  open(tag: SaxesTagNS): boolean {
    this.#declared.push(new Set(Object.keys(tag.ns)));
    const foreign = Object.values(tag.attributes).filter(
      ({ prefix }) => prefix !== '' && prefix !== 'xmlns' && prefix !== 'xml',
    );
    if (this.#anew) {
      if (tag.uri !== xhtmlNamespace || foreign.length > 0) return false;
      this.#writeTag(tag);
      return true;
    }
    return this.#knows(tag.prefix) && foreign.every(({ prefix }) => this.#knows(prefix));
  }

  characters(text: string): void {
    if (this.#anew) this.#written += escapeText(text);
  }

  /** True when this was the end of the `div` itself. */
  close(tag: SaxesTagNS): boolean {
    this.#declared.pop();
    if (this.#anew && !tag.isSelfClosing) this.#written += `</${tag.local}>`;
    return this.#declared.length === 0;
  }

  finish(xml: string, end: number): string {
    return this.#anew ? this.#written : xml.slice(this.#start, end);
  }

  #knows(prefix: string): boolean {
    return prefix === 'xml' || this.#declared.some((prefixes) => prefixes.has(prefix));
  }

  #writeTag(tag: SaxesTagNS): void {
    this.#written += `<${tag.local}`;
    if (this.#declared.length === 1) this.#written += ` xmlns="${xhtmlNamespace}"`;
    for (const { uri, local, value } of Object.values(tag.attributes)) {
      if (uri === '') this.#written += ` ${local}="${escapeAttribute(value)}"`;
      if (uri === xmlNamespace) this.#written += ` xml:${local}="${escapeAttribute(value)}"`;
    }
    this.#written += tag.isSelfClosing ? '/>' : '>';
  }
}

/**
 * Makes the narrative of a JSON resource fit to stand in XML: HTML's own entities become numbers and a missing
 * namespace is added. Gives undefined when it is not one well-formed `div`.
 */
export function narrativeForXml(div: string): string | undefined {
  const text = div.includes('&')
    ? div.replace(namedEntity, (whole, name: string) => numbered(whole, name))
    : div;
  const root = rootOf(text);
  if (root === undefined || root.local !== 'div') return undefined;
  if (root.uri === xhtmlNamespace) return text.trim();
  if (root.uri !== '' || root.prefix !== '') return undefined;
  return text.trim().replace('<div', `<div xmlns="${xhtmlNamespace}"`);
}

function numbered(whole: string, name: string): string {
  const code = htmlEntities.get(name);
  return xmlEntities.has(name) || code === undefined ? whole : `&#${code};`;
}

function rootOf(text: string): SaxesTagNS | undefined {
  let root: SaxesTagNS | undefined;
  let isSound = true;
  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('opentag', (tag) => (root ??= tag));
  parser.on('error', () => (isSound = false));
  parser.on('doctype', () => (isSound = false));
  parser.on('xmldecl', () => (isSound = false));
  parser.write(text).close();
  return isSound ? root : undefined;
}
