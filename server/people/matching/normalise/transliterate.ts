import { wordPairs } from '../word-pairs.ts';
/** Letters that do not come apart under NFKD, and other alphabets, in the spelling passports use (ICAO Doc 9303, part 3). */
const spelled = wordPairs(`
  ß ss  æ ae  œ oe  ø o  đ d  ð d  þ th  ł l  ı i  ħ h  ŋ n  ə a  а a  б b  в v  г g  д d  е e  ж zh
  з z  и i  к k  л l  м m  н n  о o  п p  р r  с s  т t  у u  ф f  х kh  ц ts  ч ch  ш sh  щ shch  ъ -
  ы y  ь -  э e  ю iu  я ia  і i  є ie  ґ g  ј j  љ lj  њ nj  ћ c  ђ d  џ dz  α a  β v  γ g  δ d  ε e
  ζ z  η i  θ th  ι i  κ k  λ l  μ m  ν n  ξ x  ο o  π p  ρ r  σ s  ς s  τ t  υ y  φ f  χ ch  ψ ps
  ω o  ا a  ب b  ت t  ث th  ج j  ح h  خ kh  د d  ذ dh  ر r  ز z  س s  ش sh  ص s  ض d  ط t  ظ z  ع a
  غ gh  ف f  ق q  ک k  ك k  ل l  م m  ن n  ه h  و w  ي y  ی y  پ p  چ ch  گ g  ة a  ى a  ء -
`);

/**
 * Small letters a to z, digits and what stands between words. Accents go, other alphabets are spelled in Latin letters; a
 * sign without a spelling becomes its own number, so that it equals only itself.
 */
export function plain(text: string): string {
  const lower = text.toLowerCase();
  if (isAscii(lower)) return lower;
  let out = '';
  for (const letter of lower.normalize('NFKD')) {
    const code = letter.codePointAt(0)!;
    if (code < 128) out += letter;
    else if (spelled.has(letter)) out += spelled.get(letter);
    else if (/\p{L}/u.test(letter)) out += `u${code.toString(16)}`;
    else if (!/\p{M}/u.test(letter)) out += letter === '\u2019' || letter === '\u2018' ? "'" : ' ';
  }
  return out;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
