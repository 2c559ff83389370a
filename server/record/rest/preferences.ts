/** What a client asks for with `Prefer`. Source: FHIR R4 http.html#ops and RFC 7240. */
export type Preferences = {
  /** What a write answers with; undefined when the client does not say. */
  answer?: 'minimal' | 'representation' | 'OperationOutcome';
  /** What to do with search parameters that are not known. */
  handling: 'strict' | 'lenient';
  async: boolean;
};

const none: Preferences = { handling: 'lenient', async: false };

/** Reads a Prefer header. What it does not know, it ignores, as RFC 7240 asks. */
export function readPreferences(header: string | string[] | undefined): Preferences {
  if (header === undefined) return none;
  const preferences: Preferences = { ...none };
  const text = Array.isArray(header) ? header.join(',') : header;
  for (const part of text.split(/[,;]/)) {
    const [name = '', value = ''] = part.split('=').map((piece) => piece.trim().replace(/^"(.*)"$/, '$1'));
    const word = name.toLowerCase();
    if (word === 'respond-async') preferences.async = true;
    if (word === 'handling' && (value === 'strict' || value === 'lenient')) preferences.handling = value;
    if (
      word === 'return' &&
      (value === 'minimal' || value === 'representation' || value === 'OperationOutcome')
    ) {
      preferences.answer = value;
    }
  }
  return preferences;
}
