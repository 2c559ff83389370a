const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const accents = /\p{Mn}+/gu;
const spaces = /\s+/g;

/**
 * How string search sees a text: without accents, case or runs of white space. Punctuation stays.
 * Source: FHIR R4, Search, string parameters.
 */
export function normalise(text: string): string {
  if (plain.test(text)) return text;
  const lower = text.toLowerCase();
  const bare = isAscii(lower) ? lower : lower.normalize('NFD').replace(accents, '').replaceAll('ß', 'ss');
  return bare.replace(spaces, ' ').trim();
}

const soundexDigits = '01230120022455012623010202';

/**
 * The American Soundex of a word: what `phonetic` compares. A word without a letter of the Latin alphabet sounds like
 * nothing (empty text). Source: US National Archives, "The Soundex Indexing System".
 */
export function soundex(word: string): string {
  const letters = normalise(word).replace(/[^a-z]/g, '');
  if (letters === '') return '';
  let code = letters[0]!;
  let before = digitOf(letters, 0);
  for (let i = 1; i < letters.length && code.length < 4; i++) {
    const letter = letters[i]!;
    if (letter === 'h' || letter === 'w') continue;
    const digit = digitOf(letters, i);
    if (digit !== '0' && digit !== before) code += digit;
    before = digit;
  }
  return code.padEnd(4, '0');
}

function digitOf(letters: string, at: number): string {
  return soundexDigits[letters.charCodeAt(at) - 97]!;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
