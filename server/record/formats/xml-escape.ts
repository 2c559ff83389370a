const attributeSpecials = /[&<>"\t\n\r]/g;
const textSpecials = /[&<>\r]/g;
// oxlint-disable-next-line no-control-regex -- XML 1.0 cannot hold these characters
const impossible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const written: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Escapes text for an attribute in double quotes; white space survives reading. */
export function escapeAttribute(text: string): string {
  return text.replace(attributeSpecials, (character) => written[character] as string);
}

/** Escapes text between tags. */
export function escapeText(text: string): string {
  return text.replace(textSpecials, (character) => written[character] as string);
}

/** Says whether XML 1.0 can hold every character of the text. */
export function fitsXml(text: string): boolean {
  return !impossible.test(text) && text.isWellFormed();
}
