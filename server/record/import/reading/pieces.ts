import { ByteWindow } from './byte-window.ts';
import { fault } from './faults.ts';
import { readJsonBytes } from './json-reader.ts';
import { readingLimits, type Fault, type Found, type Part } from './types.ts';

const options = { limits: readingLimits, keepWhole: new Set<string>() };
const isResource = /^\s*\{\s*(?:"[^"]*"\s*:\s*(?:"[^"]*"|[\d.a-z]+)\s*,\s*)*"resourceType"\s*:/;

/** The resources in a text that a person mended: one resource, entries cut out of a bundle, or a whole bundle. */
export function piecesOf(text: string): (Found | Fault)[] {
  if (text.trim() === '') return [fault('empty')];
  if (text.trimStart().startsWith('<')) {
    return [{ kind: 'found', format: 'xml', text, bundle: 0, entry: 1, line: 1, column: 1 }];
  }
  const asEntries = isResource.test(text)
    ? text
    : `{"resourceType":"Bundle","type":"batch","entry":[${entriesIn(text)}]}`;
  const parts: Part[] = readJsonBytes(ByteWindow.over(Buffer.from(asEntries)), options);
  const pieces = parts.filter((part) => part.kind !== 'bundle');
  return pieces.length > 0 ? pieces : [fault('not-fhir')];
}

/** Entries without the commas around them and the brackets that ended their bundle. */
function entriesIn(text: string): string {
  return text
    .trim()
    .replace(/^,|,$/g, '')
    .replace(/\]\s*\}\s*$/, '');
}
