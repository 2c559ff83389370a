import { evalFhirPathTyped, type TypedValue } from '@medplum/core';
import { readDate } from '../dates.ts';
import type { Definitions, SearchParameter } from '../../definitions/index.ts';
import { hashReference, hashText, mixToken, toBigInt, variant } from '../hash.ts';
import { normalise, soundex } from '../words.ts';
import type { Param, TypeParams } from '../parameters/types.ts';
import { isResourceType } from '../../resource-types.ts';
import { ridOf } from '../../rid.ts';
import type { Resource } from '../../types.ts';
import { token, wordingToken } from '../conditions/tokens.ts';
import { ofTypeToken } from './tokens.ts';
import { referenceConstant } from './references.ts';
import { systemOf } from '../parameters/code-systems.ts';

type Tree = Record<string, unknown>;

/** What an index row says, as texts that can be compared. */
export type Facts = Set<string>;

/**
 * The slow way to the facts of a resource: FHIRPath for each parameter as published, and plain conversion of each value by
 * the type FHIRPath gives it. It shares hashes and date reading with the fast way, and nothing else.
 */
export function genericFacts(definitions: Definitions, params: TypeParams, resource: Resource): Facts {
  const facts: Facts = new Set();
  for (const published of definitions.searchParameters(params.type)) {
    const param = params.byCode.get(published.code);
    if (param === undefined || published.type === 'composite' || published.expression === undefined) continue;
    for (const value of valuesOf(published, params.type, resource)) addValue(facts, param, value);
  }
  return facts;
}

function valuesOf(published: SearchParameter, type: string, resource: Resource): TypedValue[] {
  const parts = published.expression!.split('|').map((part) => part.trim());
  const own = parts.filter((part) => {
    const name = /^\(*([A-Za-z]+)/.exec(part)![1]!;
    return name === type || name === 'Resource' || name === 'DomainResource' || /^[a-z]/.test(name);
  });
  return own.flatMap((part) => {
    const plain = part
      .replaceAll(/\.where\(resolve\(\) is [A-Za-z]+\)/g, '')
      .replace(/^(Domain)?Resource\b/, type);
    const only = /resolve\(\) is ([A-Za-z]+)/.exec(part)?.[1];
    const found = evalFhirPathTyped(plain, [{ type, value: resource }]);
    return only === undefined ? found : found.filter((one) => refersTo(one.value as Tree, only));
  });
}

function refersTo(value: Tree, type: string): boolean {
  const reference = value['reference'];
  if (typeof reference !== 'string') return value['type'] === type;
  return reference.split('/').includes(type);
}

/** A value belongs to the member that holds its place; here every member is tried and all must agree on one. */
function addValue(facts: Facts, param: Param, value: TypedValue): void {
  if (param.members[0] !== param || param.members.length > 1) {
    if (!param.partsElsewhere) return;
  }
  switch (param.kind) {
    case 'token':
      addToken(facts, param, value);
      break;
    case 'string':
      addText(facts, param, value);
      break;
    case 'reference':
    case 'uri':
      addReference(facts, param, value);
      break;
    case 'date':
      addDate(facts, param, value);
      break;
    case 'special':
      addPosition(facts, param, value.value as Tree);
      break;
    default:
      addNumber(facts, param, value);
  }
}

function tokenFact(facts: Facts, condition: ReturnType<typeof token>): void {
  if (condition.is === 'tokens') facts.add(`token ${condition.any[0]}`);
}

function present(facts: Facts, param: Param): void {
  facts.add(`present ${param.ordinal}`);
}

function addCode(facts: Facts, param: Param, system: string | undefined, code: unknown): void {
  if (system) {
    present(facts, param);
    tokenFact(facts, token(param, variant.systemOnly, system, ''));
  }
  if (typeof code !== 'string') return;
  present(facts, param);
  tokenFact(facts, token(param, variant.code, '', code));
  if (system) tokenFact(facts, token(param, variant.systemAndCode, system, code));
  else tokenFact(facts, token(param, variant.codeWithoutSystem, '', code));
}

function addWording(facts: Facts, param: Param, text: unknown): void {
  if (typeof text !== 'string' || normalise(text) === '') return;
  present(facts, param);
  tokenFact(facts, wordingToken(param, normalise(text)));
}

function addToken(facts: Facts, param: Param, { type, value }: TypedValue): void {
  const tree = value as Tree;
  if (type === 'CodeableConcept') {
    for (const coding of (tree['coding'] as Tree[] | undefined) ?? []) {
      addCode(facts, param, coding['system'] as string, coding['code']);
      addWording(facts, param, coding['display']);
    }
    addWording(facts, param, tree['text']);
  } else if (type === 'Coding') {
    addCode(facts, param, tree['system'] as string, tree['code']);
    addWording(facts, param, tree['display']);
  } else if (type === 'Identifier') {
    addCode(facts, param, tree['system'] as string, tree['value']);
    const kind = tree['type'] as Tree | undefined;
    addWording(facts, param, kind?.['text']);
    for (const coding of (kind?.['coding'] as Tree[] | undefined) ?? []) {
      if (typeof tree['value'] !== 'string' || typeof coding['code'] !== 'string') continue;
      const out = { hi: 0, lo: 0 };
      ofTypeToken(
        param.seed,
        (coding['system'] as string | undefined) ?? '',
        coding['code'],
        tree['value'],
        out,
      );
      facts.add(`token ${toBigInt(out.hi, out.lo)}`);
    }
  } else if (type === 'ContactPoint') {
    if (typeof tree['value'] !== 'string') return;
    present(facts, param);
    tokenFact(facts, token(param, variant.code, '', tree['value']));
    if (tree['use'])
      tokenFact(facts, token(param, variant.systemAndCode, String(tree['use']), tree['value']));
  } else if (param.plain) {
    present(facts, param);
    tokenFact(facts, token(param, variant.code, '', String(value)));
  } else if (typeof value === 'boolean') {
    present(facts, param);
    tokenFact(facts, token(param, variant.code, '', String(value)));
  } else if (typeof value === 'string') {
    addCode(facts, param, systemOf(param.codeSystems, value), value);
  }
}

const partsOfName = ['family', 'given'];
const partsOfAddress = ['city', 'state', 'country', 'postalCode'];
const restOfName = ['prefix', 'suffix', 'text'];
const restOfAddress = ['line', 'district', 'text'];

function addText(facts: Facts, param: Param, { type, value }: TypedValue): void {
  const tree = value as Tree;
  if (param.code === 'phonetic') {
    for (const text of [tree['family'], tree['given'], tree['text']].flat()) addSound(facts, param, text);
    return;
  }
  const rest = type === 'HumanName' ? restOfName : type === 'Address' ? restOfAddress : undefined;
  const parts = type === 'HumanName' ? partsOfName : partsOfAddress;
  if (rest !== undefined) {
    present(facts, param);
    const keys = param.partsElsewhere ? rest : [...rest, ...parts];
    for (const key of keys) for (const text of [tree[key]].flat()) addString(facts, param, text);
  } else if (type === 'CodeableConcept') {
    addString(facts, param, tree['text']);
    for (const coding of (tree['coding'] as Tree[] | undefined) ?? [])
      addString(facts, param, coding['display']);
  } else {
    addString(facts, param, value);
  }
}

function addString(facts: Facts, param: Param, text: unknown): void {
  if (typeof text !== 'string') return;
  present(facts, param);
  facts.add(`string ${param.ordinal} ${normalise(text)} ${text}`);
}

function addSound(facts: Facts, param: Param, text: unknown): void {
  if (typeof text !== 'string') return;
  present(facts, param);
  for (const word of normalise(text).split(' ')) {
    const sound = soundex(word);
    if (sound === '') continue;
    const hashed = { hi: 0, lo: 0 };
    hashText(sound, hashed);
    mixToken(param.seed, variant.sound, 0, 0, hashed.hi, hashed.lo, 0, hashed);
    facts.add(`token ${toBigInt(hashed.hi, hashed.lo)}`);
  }
}

function addReference(facts: Facts, param: Param, { type, value }: TypedValue): void {
  if (typeof value === 'string') {
    present(facts, param);
    tokenFact(facts, token(param, variant.uri, '', value));
    const bar = value.indexOf('|');
    if (type === 'canonical' && bar > 0) tokenFact(facts, token(param, variant.uri, '', value.slice(0, bar)));
    return;
  }
  const tree = value as Tree;
  const identifier = tree['identifier'] as Tree | undefined;
  if (type === 'Reference' && typeof identifier?.['value'] === 'string') {
    present(facts, param);
    const system = { hi: 0, lo: 0 };
    const text = { hi: 0, lo: 0 };
    hashText((identifier['system'] as string | undefined) ?? '', system);
    hashText(identifier['value'].toLowerCase(), text);
    for (const [hi, lo] of [
      [system.hi, system.lo],
      [0, 0],
    ] as const) {
      const out = { hi: 0, lo: 0 };
      mixToken(param.seed, variant.referenceIdentifier, hi, lo, text.hi, text.lo, 0, out);
      facts.add(`token ${toBigInt(out.hi, out.lo)}`);
    }
  }
  if (type !== 'Reference' && typeof tree['id'] !== 'string') return;
  const reference =
    type === 'Reference' ? tree['reference'] : `${String(tree['resourceType'])}/${String(tree['id'])}`;
  if (typeof reference !== 'string' || reference.startsWith('#')) return;
  present(facts, param);
  const [target = '', id = ''] = reference.split('/');
  if (!isResourceType(target)) {
    tokenFact(facts, token(param, variant.uri, '', reference));
  } else if (!param.owner || target !== 'Patient') {
    const out = { hi: 0, lo: 0 };
    hashReference(referenceConstant(param, target), ridOf(id), out);
    facts.add(`reference ${toBigInt(out.hi, out.lo)} ${target}/${id}`);
  }
}

function addDate(facts: Facts, param: Param, { type, value }: TypedValue): void {
  const tree = value as Tree;
  const range = { low: 0, high: 0 };
  let low = -Infinity;
  let high = Infinity;
  if (type === 'Period') {
    if (typeof tree['start'] === 'string' && readDate(tree['start'], range)) low = range.low;
    if (typeof tree['end'] === 'string' && readDate(tree['end'], range)) high = range.high;
  } else if (type === 'Timing') {
    const repeat = tree['repeat'] as Tree | undefined;
    const events = (tree['event'] as string[] | undefined) ?? [];
    if (events.length === 0) {
      if (repeat?.['boundsPeriod']) addDate(facts, param, { type: 'Period', value: repeat['boundsPeriod'] });
      return;
    }
    const ranges = events.map((event) => {
      const one = { low: 0, high: 0 };
      readDate(event, one);
      return one;
    });
    low = Math.min(...ranges.map((one) => one.low));
    high = Math.max(...ranges.map((one) => one.high));
  } else if (typeof value === 'string' && readDate(value, range)) {
    low = range.low;
    high = range.high;
  }
  if (low === -Infinity && high === Infinity) return;
  present(facts, param);
  facts.add(`${param.mainDate ? 'main' : `date ${param.ordinal}`} ${low} ${high}`);
}

function addPosition(facts: Facts, param: Param, { latitude, longitude }: Tree): void {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return;
  present(facts, param);
  facts.add(`number ${param.ordinal} ${latitude} ${longitude}`);
}

function addNumber(facts: Facts, param: Param, { type, value }: TypedValue): void {
  const tree = value as Tree;
  let low: number | undefined;
  let high: number | undefined;
  if (typeof value === 'number') low = high = value;
  else if (type === 'Range') {
    low = ((tree['low'] as Tree | undefined)?.['value'] as number | undefined) ?? -Infinity;
    high = ((tree['high'] as Tree | undefined)?.['value'] as number | undefined) ?? Infinity;
  } else if (typeof tree['value'] === 'number') {
    const comparator = String(tree['comparator'] ?? '');
    low = comparator.startsWith('<') ? -Infinity : tree['value'];
    high = comparator.startsWith('>') ? Infinity : tree['value'];
  }
  if (low === undefined || high === undefined) return;
  present(facts, param);
  facts.add(`number ${param.ordinal} ${low} ${high}`);
}
