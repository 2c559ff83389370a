import type { Definitions } from '../../definitions/index.ts';
import { isAnswered } from '../parameters/answered.ts';
import type { Param, TypeParams } from '../parameters/types.ts';
import type { Near } from '../positions.ts';
import { readNear } from './near.ts';
import { split } from './split.ts';
import type { Filter, Refusal, SpecialCode } from './types.ts';

export type Known = { definitions: Definitions; params(type: string): TypeParams };

const specials: readonly string[] = ['_id', '_lastUpdated', '_text', '_content', '_list'];
const deepest = 8;

/** Modifiers that each kind of parameter answers. Source: FHIR R4, Search, modifiers. */
const modifiers: Readonly<Record<Param['kind'], readonly string[]>> = {
  token: ['missing', 'text', 'not', 'above', 'below', 'in', 'not-in', 'of-type'],
  string: ['missing', 'exact', 'contains'],
  reference: ['missing', 'identifier'],
  uri: ['missing', 'above', 'below'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  composite: [],
  special: ['missing'],
};

/** Reads one parameter of a search on `type`: `code`, `name:exact`, `patient.name`, `_has:Observation:patient:code`. */
export function readFilter(
  known: Known,
  type: string,
  name: string,
  value: string,
  depth = 0,
): Filter | Refusal {
  if (depth > deepest) return refuse(`A chain is longer than ${deepest} steps.`);
  if (name.startsWith('_has:')) return readHas(known, type, name.slice(5), value, depth);
  const dot = name.indexOf('.');
  if (dot > 0) return readChain(known, type, name.slice(0, dot), name.slice(dot + 1), value, depth);
  const [code = '', modifier] = halves(name);
  const values = split(value, ',');
  if (specials.includes(code)) {
    if (modifier !== undefined) return refuse(`${code} has no modifier ${modifier}.`);
    return { is: 'special', code: code as SpecialCode, values };
  }
  const param = known.params(type).byCode.get(code);
  if (param === undefined) return refuse(`${type} has no search parameter ${code}.`);
  return withModifier(known, param, modifier, values);
}

function withModifier(
  known: Known,
  param: Param,
  modifier: string | undefined,
  values: string[],
): Filter | Refusal {
  if (!isAnswered(param)) return refuse(`Searching by ${param.code} is not supported.`);
  if (modifier === undefined && param.kind === 'special') return nearAny(param, values);
  if (modifier === undefined) return { is: 'param', param, values };
  const typed = param.kind === 'reference' && known.definitions.isResourceType(modifier);
  // Sources may name single messages, so they are not in the dictionary that above and below read.
  const ofSource = param.code === '_source' && (modifier === 'above' || modifier === 'below');
  if (ofSource || (!typed && !modifiers[param.kind].includes(modifier))) {
    return refuse(`${param.code} has no modifier ${modifier}.`);
  }
  if (modifier === 'missing' && !values.every((value) => value === 'true' || value === 'false')) {
    return { refused: `${param.code}:missing is true or false.`, code: 'invalid' };
  }
  return { is: 'param', param, modifier, values };
}

function nearAny(param: Param, values: string[]): Filter | Refusal {
  const places: Near[] = [];
  for (const value of values) {
    const place = readNear(value);
    if ('refused' in place) return place;
    places.push(place);
  }
  return { is: 'near', param, places };
}

function readChain(
  known: Known,
  type: string,
  first: string,
  rest: string,
  value: string,
  depth: number,
): Filter | Refusal {
  const [code = '', only] = halves(first);
  const param = known.params(type).byCode.get(code);
  if (param === undefined) return refuse(`${type} has no search parameter ${code}.`);
  if (param.kind !== 'reference') return refuse(`${code} is no reference, so nothing can be chained to it.`);
  const types = only === undefined ? targetsOf(known, param) : [only];
  const targets: { type: string; filter: Filter }[] = [];
  let reason: Refusal | undefined;
  for (const target of types) {
    if (!known.definitions.isResourceType(target)) return refuse(`${target} is no resource type.`);
    const filter = readFilter(known, target, rest, value, depth + 1);
    if ('refused' in filter && filter.code === 'invalid') return filter;
    if ('refused' in filter) reason = filter;
    else targets.push({ type: target, filter });
  }
  if (targets.length === 0) return reason ?? refuse(`Nothing can be chained to ${code}.`);
  return { is: 'chain', param, targets };
}

/** The types a reference parameter may point to; all of them where the definition names none. */
export function targetsOf(known: Known, param: Param): readonly string[] {
  const only = new Set(param.members.flatMap((member) => member.paths.map((path) => path.target)));
  const [target] = only;
  if (only.size === 1 && target !== undefined) return [target];
  const named = param.targets.filter((name) => known.definitions.isResourceType(name));
  return named.length > 0 ? named : known.definitions.resourceTypes;
}

function readHas(known: Known, type: string, text: string, value: string, depth: number): Filter | Refusal {
  const match = /^([A-Za-z]+):([^:]+):(.+)$/.exec(text);
  if (match === null) return { refused: '_has is _has:Type:reference:parameter.', code: 'invalid' };
  const [, from = '', code = '', rest = ''] = match;
  if (!known.definitions.isResourceType(from)) return refuse(`${from} is no resource type.`);
  const link = known.params(from).byCode.get(code);
  if (link === undefined) return refuse(`${from} has no search parameter ${code}.`);
  if (link.kind !== 'reference' || !targetsOf(known, link).includes(type)) {
    return refuse(`${from}.${code} does not refer to ${type}.`);
  }
  const filter = readFilter(known, from, rest, value, depth + 1);
  return 'refused' in filter ? filter : { is: 'has', type: from, link, filter };
}

function halves(name: string): [string, string | undefined] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, undefined] : [name.slice(0, colon), name.slice(colon + 1)];
}

function refuse(reason: string): Refusal {
  return { refused: reason, code: 'not-supported' };
}
