import { wordPairs } from '../word-pairs.ts';
import { plain } from './transliterate.ts';

const toLetter: { readonly [digit: string]: string } = { 0: 'o', 1: 'i', 5: 's', 8: 'b', 2: 'z' };
const toDigit: { readonly [letter: string]: string } = { o: '0', i: '1', l: '1', s: '5', b: '8', z: '2' };

/** The shapes of British postcodes, a letter as A and a digit as 9. Source: Royal Mail, PAF Programmers' Guide. */
const outwardShapes = ['A9', 'A99', 'AA9', 'AA99', 'A9A', 'AA9A'];

/**
 * A postcode in small letters without spaces. Where a letter stands in place of a digit it is like (O for 0), or the other
 * way, it is put right by position. ZZ99, which stands for no fixed abode and abroad, gives nothing.
 */
export function postcodeOf(text: string | undefined): { postcode?: string; outcode?: string } {
  if (text === undefined) return {};
  const code = plain(text).replace(/[^a-z0-9]/g, '');
  if (code.length < 2 || code.startsWith('zz99')) return {};
  const whole = repaired(code);
  if (whole !== undefined) return { postcode: whole, outcode: whole.slice(0, -3) };
  if (code.length <= 4 && outwardShapes.includes(shapeOf(code))) return { outcode: code };
  return { postcode: code };
}

function repaired(code: string): string | undefined {
  if (code.length < 5 || code.length > 7) return undefined;
  const inward = fit(code.slice(-3), '9AA');
  if (inward === undefined) return undefined;
  const outward = code.slice(0, -3);
  if (outwardShapes.includes(shapeOf(outward))) return outward + inward;
  for (const shape of outwardShapes) {
    const fitted = shape.length === outward.length ? fit(outward, shape) : undefined;
    if (fitted !== undefined) return fitted + inward;
  }
  return undefined;
}

const shapeOf = (text: string): string => text.replace(/[a-z]/g, 'A').replace(/\d/g, '9');

function fit(text: string, shape: string): string | undefined {
  let out = '';
  for (let i = 0; i < shape.length; i++) {
    const sign = text[i]!;
    const isLetter = sign >= 'a';
    const fitted = shape[i] === 'A' ? (isLetter ? sign : toLetter[sign]) : isLetter ? toDigit[sign] : sign;
    if (fitted === undefined) return undefined;
    out += fitted;
  }
  return out;
}

const shortened = wordPairs(`
  street st  road rd  avenue ave  av ave  lane ln  drive dr  close cl  court ct  crescent cres
  cr cres  place pl  square sq  terrace tce  terr tce  gardens gdns  grove gr  circuit cct  parade pde
  highway hwy  saint st  flat flat  apartment flat
`);

/** House number and street of the first line that has words. */
export function streetOf(lines: readonly string[]): { house?: string; street?: string } {
  const words = lines.map((line) =>
    plain(line)
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== ''),
  );
  const flat = words.flat();
  const house = flat.find((word) => /^\d+[a-z]?$/.test(word));
  const line = words.find((each) => each.some((word) => /^[a-z]{2,}$/.test(word) && word !== 'flat'));
  const street = line
    ?.filter((word) => !/^\d+[a-z]?$/.test(word))
    .map((word) => shortened.get(word) ?? word)
    .join(' ');
  return {
    ...(house === undefined ? {} : { house }),
    ...(street === undefined || street === '' ? {} : { street }),
  };
}

/** A town, suburb or parish: words with single spaces. */
export function placeOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const place = plain(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return place === '' || place === 'unknown' || place === 'nan' || place === 'null' ? undefined : place;
}
