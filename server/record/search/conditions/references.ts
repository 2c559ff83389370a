import { split, unescape } from '../asking/split.ts';
import { targetsOf } from '../asking/filters.ts';
import { referenceConstant } from '../extraction/references.ts';
import { hashReference, hashText, mixToken, toBigInt, variant, type Halves } from '../hash.ts';
import { ownerKey } from '../parameters/owner.ts';
import type { Param } from '../parameters/types.ts';
import { isResourceType, typeNumber } from '../../resource-types.ts';
import { homeOf, ridOf } from '../../rid.ts';
import { broken, type Context } from './context.ts';
import { token } from './tokens.ts';
import { or, type Condition } from './types.ts';

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };
const idShape = /^[A-Za-z0-9.-]{1,64}$/;

/** What a reference parameter asks: `Type/id`, `id`, a URL, or with `:identifier` a business identifier. */
export async function referenceCondition(
  context: Context,
  param: Param,
  modifier: string | undefined,
  values: string[],
): Promise<Condition> {
  const parts: Condition[] = [];
  for (const value of values) {
    for (const member of param.members) {
      parts.push(
        modifier === 'identifier'
          ? identifier(member, value)
          : await oneReference(context, member, modifier, unescape(value)),
      );
    }
  }
  return or(parts);
}

function identifier(param: Param, value: string): Condition {
  const parts = split(value, '|').map((part) => unescape(part));
  if (parts.length > 2 || parts.at(-1) === '')
    throw broken(param.code, ':identifier is value or system|value.');
  const [system, text] = parts.length === 1 ? [undefined, parts[0]!] : [parts[0]!, parts[1]!];
  if (system === undefined) a.hi = a.lo = 0;
  else hashText(system, a);
  hashText(text.toLowerCase(), b);
  mixToken(param.seed, variant.referenceIdentifier, a.hi, a.lo, b.hi, b.lo, 0, out);
  return { is: 'tokens', any: [toBigInt(out.hi, out.lo).toString()] };
}

async function oneReference(
  context: Context,
  param: Param,
  type: string | undefined,
  value: string,
): Promise<Condition> {
  const own = `${context.baseUrl}/`;
  const relative = value.startsWith(own) ? value.slice(own.length) : value;
  const [first = '', id] = relative.split('/');
  if (id !== undefined && isResourceType(first)) {
    const local = type !== undefined && type !== first ? [] : [await toTarget(context, param, first, id)];
    return or(relative === value ? local : [...local, uri(param, value)]);
  }
  if (relative.includes(':') || relative.includes('/') || !idShape.test(relative)) return uri(param, value);
  const types = type === undefined ? targetsOf(context, param) : [type];
  const targets = await Promise.all(types.map((one) => toTarget(context, param, one, relative)));
  return or(targets);
}

function uri(param: Param, value: string): Condition {
  return token(param, variant.uri, '', value);
}

async function toTarget(context: Context, param: Param, type: string, id: string): Promise<Condition> {
  const rid = ridOf(id);
  if (param.owner && type === 'Patient') return { is: 'patients', any: [rid] };
  return toRid(param, type, rid, await patientsOf(context, type, id, rid));
}

/** Refers to one resource: by a token, or by a hash within the patient that both belong to. */
export function toRid(param: Param, type: string, rid: string, patients: string[]): Condition {
  hashReference(referenceConstant(param, type), rid, out);
  const hash = toBigInt(out.hi, out.lo).toString();
  const within: Condition[] = patients.length === 0 ? [] : [{ is: 'refs', any: [hash], patients }];
  return or([{ is: 'tokens', any: [hash] }, ...within]);
}

async function patientsOf(context: Context, type: string, id: string, rid: string): Promise<string[]> {
  if (type === 'Patient') return [rid];
  return ownerKey(type) === undefined
    ? [homeOf(type, id)]
    : context.lookUp.patientIdsOf([rid], typeNumber(type));
}
