import { SaxesParser, type SaxesTagNS } from 'saxes';

export type XmlNode = { name: string; attributes: string[]; children: (XmlNode | string)[] };

const fhir = 'http://hl7.org/fhir';
const namespaceDeclaration = 'http://www.w3.org/2000/xmlns/';
const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * What an XML document says. Left out: comments, processing instructions, white space between FHIR elements, and the order
 * of FHIR siblings with different names, which means nothing. Independent of the reader under test.
 */
export function infoset(xml: string): XmlNode {
  const root: XmlNode = { name: '', attributes: [], children: [] };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const node = { name: `{${tag.uri}}${tag.local}`, attributes: attributesOf(tag), children: [] };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', (tag) => {
    const node = open.pop() as XmlNode;
    if (tag.uri === fhir) node.children = node.children.filter(isContent).sort(byName);
  });
  const text = (characters: string): void => {
    const children = open.at(-1)?.children ?? [];
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + characters;
    else children.push(characters);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
  root.children = root.children.filter(isContent);
  return root;
}

function attributesOf(tag: SaxesTagNS): string[] {
  return Object.values(tag.attributes)
    .filter(({ uri }) => uri !== namespaceDeclaration && uri !== schemaInstance)
    .map(({ uri, local, value }) => `{${uri}}${local}=${value}`)
    .sort();
}

function isContent(node: XmlNode | string): boolean {
  return typeof node !== 'string' || node.trim() !== '';
}

function byName(one: XmlNode | string, other: XmlNode | string): number {
  const [a, b] = [one, other].map((node) => (typeof node === 'string' ? '' : node.name)) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}
