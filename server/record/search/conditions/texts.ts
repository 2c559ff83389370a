import { unescape } from '../asking/split.ts';
import { hashText, mixToken, toBigInt, variant, type Halves } from '../hash.ts';
import type { Param } from '../parameters/types.ts';
import { typeNumber } from '../../resource-types.ts';
import { normalise, soundex } from '../words.ts';
import { broken, type Context } from './context.ts';
import { token } from './tokens.ts';
import { and, none, or, type Condition } from './types.ts';

const a: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };

/** What a string parameter asks: the start of a value, with `:exact` the whole, with `:contains` a part. */
export function stringCondition(param: Param, modifier: string | undefined, values: string[]): Condition {
  if (param.code === 'phonetic') return or(values.map((value) => soundsLike(param, unescape(value))));
  const params = param.members.map((member) => member.ordinal);
  const match = modifier === 'exact' ? 'exact' : modifier === 'contains' ? 'part' : 'start';
  return or(
    values.map((raw): Condition => {
      const exact = unescape(raw);
      const value = normalise(exact);
      if (exact.includes('\0')) return none;
      if (value === '' && match !== 'exact')
        throw broken(param.code, 'A text to search for has at least one letter.');
      return { is: 'strings', params, match, value, exact };
    }),
  );
}

function soundsLike(param: Param, text: string): Condition {
  const sounds = normalise(text)
    .split(' ')
    .map((word) => soundex(word))
    .filter((sound) => sound !== '');
  if (sounds.length === 0) return none;
  return and(
    sounds.map((sound): Condition => {
      hashText(sound, a);
      mixToken(param.seed, variant.sound, 0, 0, a.hi, a.lo, 0, out);
      return { is: 'tokens', any: [toBigInt(out.hi, out.lo).toString()] };
    }),
  );
}

/** What a URI parameter asks: the whole URI, all below it, or all above it. */
export async function uriCondition(
  context: Context,
  param: Param,
  modifier: string | undefined,
  values: string[],
): Promise<Condition> {
  const uris = values.map((value) => unescape(value));
  if (modifier === undefined) {
    return or(uris.flatMap((uri) => param.members.map((member) => token(member, variant.uri, '', uri))));
  }
  const ordinals = param.members.map((member) => member.ordinal);
  const wanted = modifier === 'below' ? uris : uris.flatMap((uri) => prefixesOf(uri));
  const match = modifier === 'below' ? 'start' : 'is';
  const found = await context.lookUp.wordings(typeNumber(param.type), ordinals, match, wanted);
  const kept = found.filter(({ value }) => modifier === 'above' || uris.some((uri) => isBelow(value, uri)));
  return kept.length === 0 ? none : { is: 'tokens', any: kept.map((one) => one.token) };
}

/** Below means the same path or a longer one, part by part. */
function isBelow(uri: string, base: string): boolean {
  return uri === base || uri.startsWith(base.endsWith('/') ? base : `${base}/`);
}

/** A URI and each URI above it: `http://a/b/c`, `http://a/b`, `http://a`. */
function prefixesOf(uri: string): string[] {
  const found = [uri];
  for (let at = uri.lastIndexOf('/'); at > 0; at = uri.lastIndexOf('/', at - 1)) {
    found.push(uri.slice(0, at), uri.slice(0, at + 1));
  }
  return found;
}
