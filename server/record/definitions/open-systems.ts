/**
 * Code systems defined by a grammar or an outside register rather than by a list in the definitions.
 * Each answers whether a code belongs, or `undefined` when that cannot be known here.
 */
export const openSystems: Record<string, (code: string) => boolean | undefined> = {
  'urn:ietf:bcp:13': (code) => mimeType.test(code),
  'urn:ietf:bcp:47': knownLanguageTag,
  'urn:iso:std:iso:4217': (code) => currencies().has(code),
};

// RFC 6838 section 4.2 names, with parameters; `text/*` style ranges appear in accept lists.
const mimeType =
  /^[A-Za-z0-9][\w!#$&^.+-]{0,126}\/[\w*][\w!#$&^.+-]{0,126}( *; *[\w.-]+ *= *("[^"]*"|[^\s;]+))*$/;

let currencySet: Set<string> | undefined;
function currencies(): Set<string> {
  currencySet ??= new Set(Intl.supportedValuesOf('currency'));
  return currencySet;
}

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/**
 * BCP 47: well formed by RFC 5646, and its language and region are registered. Case does not matter. Three-letter
 * languages (ISO 639-3, such as bfi for British Sign Language) are more than the runtime knows: those stay undecided.
 */
function isLanguageTag(code: string): boolean | undefined {
  if (/^(x|i)-/i.test(code)) return true;
  const [primary = ''] = code.split('-');
  try {
    const locale = new Intl.Locale(code);
    if (locale.region !== undefined && regions.of(locale.region) === undefined) return false;
    if (isPrivateUse(primary) || languages.of(locale.language) !== undefined) return true;
    return primary.length === 3 ? undefined : false;
  } catch {
    return false;
  }
}

const languageTags = new Map<string, boolean | undefined>();

/** Few languages come up again and again, and asking the runtime is slow. */
function knownLanguageTag(code: string): boolean | undefined {
  if (languageTags.has(code)) return languageTags.get(code);
  const answer = isLanguageTag(code);
  if (languageTags.size < 10_000) languageTags.set(code, answer);
  return answer;
}

/** RFC 5646 section 2.2.1: qaa to qtz are for private use. */
function isPrivateUse(primary: string): boolean {
  return /^q[a-t][a-z]$/i.test(primary);
}
