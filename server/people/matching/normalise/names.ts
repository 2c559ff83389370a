import { wordPairs } from '../word-pairs.ts';
import { isAscii, plain } from './transliterate.ts';

/** What stands where a name should, in real feeds. Source: the kinds listed in NHS England's linkage pipeline; own list. */
const junkPhrases = [
  'formerly known as', 'also known as', 'known as', 'not known', 'not given', 'not recorded', 'no name', 'no surname',
  'baby boy', 'baby girl', 'baby of', 'boy of', 'girl of', 'twin one', 'twin two', 'twin 1', 'twin 2', 'male infant',
  'female infant', 'unknown male', 'unknown female', 'do not use', 'test patient',
]; // prettier-ignore

const junkWords = new Set(
  'unknown unk nk na none null nil nan test tba tbc xx xxx xxxx zz zzz zzzz unnamed infant baby twin anon anonymous notknown nfa aka'.split(
    ' ',
  ),
);

const titles = new Set(
  'mr mrs ms miss mx dr prof professor rev revd reverend fr sir dame lord lady master capt captain col colonel major sgt hon jr jnr snr sr esq mbe obe cbe phd bt bart baronet baron earl viscount'.split(
    ' ',
  ),
);

/** Words that lead a family name and come and go between sources. */
const particles = new Set(
  'de la le van der den von und el al bin ibn bint da di du dos del della do das'.split(' '),
);

const simple = /^[a-z]+$/;

/** The words of a name: plain small letters, without titles, ordinals, bracketed notes and what is no name. */
export function nameWords(text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  let name = plain(text).trim();
  if (simple.test(name)) return junkWords.has(name) || titles.has(name) ? [] : [name];
  if (/^n\/a\.?$/.test(name)) return [];
  for (const phrase of junkPhrases) if (name.includes(phrase)) name = name.replace(phrase, ' ');
  return name
    .replace(/\(.*?\)|\[.*?\]/g, ' ')
    .replace(/['`]/g, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+(?:st|nd|rd|th)?$/.test(word))
    .filter((word) => !titles.has(word) && !junkWords.has(word));
}

/** A family name as one word, without particles unless nothing else is left. */
export function joinedFamily(words: readonly string[]): string | undefined {
  if (words.length <= 1) return words[0];
  const kept = words.filter((word) => !particles.has(word));
  return (kept.length === 0 ? words : kept).join('');
}

/** The text as it came, when plain letters lose something of it. */
export const originalOf = (text: string | undefined): string | undefined =>
  text === undefined || isAscii(text) ? undefined : text.normalize('NFC').trim();

const soundOf = wordPairs(`
  b 1  f 1  p 1  v 1  c 2  g 2  j 2  k 2  q 2  s 2  x 2  z 2  d 3  t 3  l 4  m 5  n 5  r 6
`);

/** American Soundex: a letter and three digits. Source: US National Archives, "The Soundex Indexing System", 2007. */
export function soundex(word: string): string | undefined {
  const first = word[0];
  if (first === undefined || first < 'a' || first > 'z') return undefined;
  let code = first;
  let last = soundOf.get(first) ?? '';
  for (let i = 1; i < word.length && code.length < 4; i++) {
    const letter = word[i]!;
    const sound = soundOf.get(letter) ?? '';
    if (sound !== '' && sound !== last) code += sound;
    if (letter !== 'h' && letter !== 'w') last = sound;
  }
  return code.padEnd(4, '0');
}
