import { split, unescape } from '../asking/split.ts';
import { pairHash, sideHash } from '../extraction/pairs.ts';
import { qualifierHash } from '../extraction/qualifiers.ts';
import { toBigInt, variant, type Halves } from '../hash.ts';
import type { Composite, PairPart, Param } from '../parameters/types.ts';
import { isResourceType, typeNumber } from '../../resource-types.ts';
import { quantityCondition } from './amounts.ts';
import { broken, type Context } from './context.ts';
import { numberTest } from './ranges.ts';
import { simpleCondition } from './simple.ts';
import { and, none, or, type Condition } from './types.ts';

/** What a composite asks: `8480-6$gt150`, all parts within one element. */
export async function compositeCondition(
  context: Context,
  param: Param,
  values: string[],
): Promise<Condition> {
  const found: Condition[] = [];
  for (const value of values) {
    const parts = split(value, '$');
    for (const composite of param.composites ?? [])
      found.push(await oneComposite(context, param, composite, parts));
  }
  return or(found);
}

async function oneComposite(
  context: Context,
  param: Param,
  composite: Composite,
  values: string[],
): Promise<Condition> {
  const expected = composite.shape === 'parts' ? composite.parts.length : composite.shape === 'pairs' ? 2 : 3;
  if (values.length !== expected || values.includes('')) {
    throw broken(param.code, `${param.code} has ${expected} parts with $ between them.`);
  }
  if (composite.shape === 'pairs') return pair(context, composite.holder, values);
  if (composite.shape === 'span') return span(context, composite.holder, values);
  const [first, second] = composite.parts;
  if (second?.qualified === true) {
    const qualifiers = await qualifiersOf(context, second.param, values[0]!);
    return qualifiers.length === 0
      ? none
      : quantityCondition(context, second.param, [values[1]!], qualifiers);
  }
  if (first === undefined) return none;
  const asked = composite.parts.map((part, index) =>
    simpleCondition(context, part.param, undefined, [values[index]!]),
  );
  return and(await Promise.all(asked));
}

/** Hashes of the codes beside a number that a token value means; a code alone or a system alone is looked up. */
async function qualifiersOf(context: Context, param: Param, value: string): Promise<string[]> {
  const parts = split(value, '|').map((part) => unescape(part));
  const [first = '', second] = parts;
  const type = typeNumber(param.type);
  if (second === undefined) {
    const found = await context.lookUp.wordings(type, [param.ordinal], 'start', [`${first.toLowerCase()}|`]);
    return found.map((one) => one.token);
  }
  if (second === '') {
    const found = await context.lookUp.wordings(type, [param.ordinal], 'start', ['']);
    return found
      .filter((one) => one.value.slice(one.value.indexOf('|') + 1) === first)
      .map((one) => one.token);
  }
  const out: Halves = { hi: 0, lo: 0 };
  qualifierHash(param.seed, first, second.toLowerCase(), out);
  return [toBigInt(out.hi, out.lo).toString()];
}

function pair(context: Context, holder: Param, values: string[]): Condition {
  const [first, second] = holder.pairs!.parts;
  const hashes: string[] = [];
  for (const left of sides(context, first, values[0]!)) {
    for (const right of sides(context, second, values[1]!)) {
      const out: Halves = { hi: 0, lo: 0 };
      pairHash(holder.seed, left, right, out);
      hashes.push(toBigInt(out.hi, out.lo).toString());
    }
  }
  return hashes.length === 0 ? none : { is: 'tokens', any: hashes };
}

/** The hashes under which a side may have been indexed. */
function sides(context: Context, part: PairPart, value: string): Halves[] {
  const texts = split(value, '|').map((one) => unescape(one));
  const [first = '', second] = texts;
  if (part.kind === 'reference') return referenceSides(context, part, unescape(value));
  if (second === undefined) return [side(variant.code, '', first)];
  if (second === '') return [side(variant.systemOnly, first, '')];
  return [
    first === '' ? side(variant.codeWithoutSystem, '', second) : side(variant.systemAndCode, first, second),
  ];
}

function referenceSides(context: Context, part: PairPart, value: string): Halves[] {
  const own = `${context.baseUrl}/`;
  const relative = value.startsWith(own) ? value.slice(own.length) : value;
  const texts = new Set([value, relative]);
  if (!relative.includes('/') && !relative.includes(':')) {
    for (const target of part.targets) if (isResourceType(target)) texts.add(`${target}/${relative}`);
  }
  return [...texts].map((text) => side(variant.uri, '', text));
}

function side(kind: number, system: string, code: string): Halves {
  const out: Halves = { hi: 0, lo: 0 };
  sideHash(kind, system, code, out);
  return out;
}

async function span(context: Context, holder: Param, values: string[]): Promise<Condition> {
  const qualifiers = await qualifiersOf(context, holder, values[0]!);
  if (qualifiers.length === 0) return none;
  const from = numberTest(holder.code, values[1]!);
  const to = numberTest(holder.code, values[2]!);
  return { is: 'spans', param: holder.ordinal, qualifiers, from, to };
}
