import { split, unescape } from '../asking/split.ts';
import { ofTypeToken } from '../extraction/tokens.ts';
import { hashText, mixToken, toBigInt, variant, type Halves } from '../hash.ts';
import { systemOf } from '../parameters/code-systems.ts';
import type { Param } from '../parameters/types.ts';
import { typeNumber } from '../../resource-types.ts';
import { normalise } from '../words.ts';
import { broken, notHere, type Context } from './context.ts';
import { presentIn } from './present.ts';
import { none, not, or, type Condition } from './types.ts';

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };

/** What a token parameter asks: codes, or with a modifier their wording, their place in a code system, a value set. */
export async function tokenCondition(
  context: Context,
  param: Param,
  modifier: string | undefined,
  values: string[],
): Promise<Condition> {
  switch (modifier) {
    case undefined:
      return anyCode(param, values);
    case 'not':
      return not(anyCode(param, values));
    case 'text':
      return wording(context, param, values);
    case 'of-type':
      return or(values.map((value) => ofType(param, value)));
    case 'in':
      return or(values.map((value) => inValueSet(context, param, value)));
    case 'not-in':
      return not(or(values.map((value) => inValueSet(context, param, value))));
    default:
      return or(
        values.map((value) => inHierarchy(context, param, modifier === 'below' ? 'below' : 'above', value)),
      );
  }
}

function anyCode(param: Param, values: string[]): Condition {
  return or(values.flatMap((value) => param.members.map((member) => oneCode(member, value))));
}

/** `code`, `system|code`, `system|` or `|code`. */
function oneCode(param: Param, value: string): Condition {
  const parts = split(value, '|').map((part) => unescape(part));
  const [first = '', second] = parts;
  if (parts.length > 2) throw broken(param.code, 'A code is code, system|code, system| or |code.');
  if (second === undefined) return token(param, variant.code, '', first);
  if (param.plain) return plainCode(param, first, second);
  if (second === '') return first === '' ? none : token(param, variant.systemOnly, first, '');
  if (first === '') return token(param, variant.codeWithoutSystem, '', second);
  return token(param, variant.systemAndCode, first, second);
}

const booleans = 'http://terminology.hl7.org/CodeSystem/special-values';

/** A parameter that indexes codes alone: their system follows from the value set. */
function plainCode(param: Param, system: string, code: string): Condition {
  const systems = param.codeSystems;
  if (code === '') {
    if (typeof systems === 'string') return systems === system ? presentIn([param]) : none;
    const codes = [...(systems ?? [])].filter(([, one]) => one === system).map(([one]) => one);
    return or(codes.map((one) => token(param, variant.code, '', one)));
  }
  const known = systemOf(systems, code) ?? (code === 'true' || code === 'false' ? booleans : '');
  return known === system ? token(param, variant.code, '', code) : none;
}

/** The condition of one token, made as extraction makes it. */
export function token(param: Param, kind: number, first: string, second: string): Condition {
  hashText(first, a);
  hashText(kind === variant.uri ? second : second.toLowerCase(), b);
  const firstHi = first === '' ? 0 : a.hi;
  const firstLo = first === '' ? 0 : a.lo;
  const secondHi = second === '' ? 0 : b.hi;
  const secondLo = second === '' ? 0 : b.lo;
  const counted = kind === variant.code || kind === variant.systemAndCode ? param.counted : 0;
  mixToken(param.seed, kind, firstHi, firstLo, secondHi, secondLo, counted, out);
  return { is: 'tokens', any: [toBigInt(out.hi, out.lo).toString()] };
}

/** The condition of a normalised wording. */
export function wordingToken(param: Param, value: string): Condition {
  hashText(value, b);
  mixToken(param.seed, variant.wording, 0, 0, b.hi, b.lo, 0, out);
  return { is: 'tokens', any: [toBigInt(out.hi, out.lo).toString()] };
}

async function wording(context: Context, param: Param, values: string[]): Promise<Condition> {
  const wanted = values.map((value) => normalise(unescape(value))).filter((value) => value !== '');
  const ordinals = param.members.map((member) => member.ordinal);
  const found = await context.lookUp.wordings(typeNumber(param.type), ordinals, 'word', wanted);
  return found.length === 0 ? none : { is: 'tokens', any: found.map((one) => one.token) };
}

function ofType(param: Param, value: string): Condition {
  const [system = '', code = '', number, ...more] = split(value, '|').map((part) => unescape(part));
  if (number === undefined || more.length > 0) throw broken(param.code, ':of-type is system|code|value.');
  const hashes = param.members.map((member) => {
    ofTypeToken(member.seed, system, code, number, out);
    return toBigInt(out.hi, out.lo).toString();
  });
  return { is: 'tokens', any: hashes };
}

function inValueSet(context: Context, param: Param, value: string): Condition {
  const expansion = context.definitions.expand(unescape(value));
  if (!expansion.enumerable) throw notHere(param.code, 'The codes of this value set cannot be listed here.');
  return codesOf(param, expansion.concepts);
}

/** All codes at or below (or above) one code of a system whose concepts are known here. */
function inHierarchy(context: Context, param: Param, direction: 'above' | 'below', value: string): Condition {
  const [system = '', code] = split(value, '|').map((part) => unescape(part));
  if (code === undefined) throw broken(param.code, `:${direction} is system|code.`);
  const known = context.definitions.codeSystem(system);
  if (known === undefined || known.content !== 'complete') {
    throw notHere(param.code, 'The hierarchy of this code system is not known here.');
  }
  const parentsOf = (one: string): string[] => known.concepts.get(one)?.parents ?? [];
  const isAbove = (high: string, low: string): boolean =>
    high === low || parentsOf(low).some((one) => isAbove(high, one));
  const codes = [...known.concepts.keys()].filter((one) =>
    direction === 'below' ? isAbove(code, one) : isAbove(one, code),
  );
  return codesOf(
    param,
    codes.map((one) => ({ system, code: one })),
  );
}

function codesOf(param: Param, concepts: readonly { system: string; code: string }[]): Condition {
  return or(
    concepts.flatMap(({ system, code }) =>
      param.members.map((member) =>
        member.plain ? plainCode(member, system, code) : token(member, variant.systemAndCode, system, code),
      ),
    ),
  );
}
