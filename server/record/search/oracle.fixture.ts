import { evalFhirPathTyped, type TypedValue } from '@medplum/core';
import type { Definitions, SearchParameter } from '../definitions/index.ts';
import type { Resource } from '../types.ts';

type Tree = Record<string, unknown>;

/**
 * A naive FHIR search over resources in memory: FHIRPath for each parameter, then plain comparison. It shares no code with
 * the real search.
 */
export class Oracle {
  readonly #definitions: Definitions;
  readonly #resources: readonly Resource[];
  readonly #byKey: Map<string, Resource>;
  readonly #known = new Map<string, WeakMap<Resource, TypedValue[]>>();

  constructor(definitions: Definitions, resources: readonly Resource[]) {
    this.#definitions = definitions;
    this.#resources = resources;
    this.#byKey = new Map(resources.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]));
  }

  /** Ids of the resources of a type that match every parameter, sorted. */
  search(type: string, query: readonly (readonly [string, string])[]): string[] {
    const filters = query.filter(
      ([name]) => !/^_(sort|count|total|summary|elements|include|revinclude)/.test(name),
    );
    return this.#resources
      .filter((one) => one.resourceType === type)
      .filter((one) => filters.every(([name, value]) => this.#matches(one, name, value)))
      .map((one) => one.id!)
      .sort();
  }

  #matches(resource: Resource, name: string, value: string): boolean {
    if (name.startsWith('_has:')) return this.#isReferredTo(resource, name.slice(5), value);
    const dot = name.indexOf('.');
    if (dot > 0) return this.#targetMatches(resource, name.slice(0, dot), name.slice(dot + 1), value);
    const [code = '', modifier] = name.split(':') as [string, string?];
    if (code === '_id') return value.split(',').includes(resource.id!);
    const param = this.#param(resource.resourceType, code);
    if (modifier === 'missing') return (this.#values(resource, param).length === 0) === (value === 'true');
    const wanted = value.split(',');
    if (modifier === 'not') return !wanted.some((one) => this.#hasValue(resource, param, undefined, one));
    return wanted.some((one) => this.#hasValue(resource, param, modifier, one));
  }

  #param(type: string, code: string): SearchParameter {
    const found = this.#definitions.searchParameters(type).find((one) => one.code === code);
    if (found === undefined) throw new Error(`${type} has no ${code}`);
    return found;
  }

  #isReferredTo(resource: Resource, text: string, value: string): boolean {
    const [type = '', link = '', ...rest] = text.split(':');
    const key = `${resource.resourceType}/${resource.id}`;
    return this.#resources.some(
      (one) =>
        one.resourceType === type &&
        this.#values(one, this.#param(type, link)).some((v) => (v.value as Tree)['reference'] === key) &&
        this.#matches(one, rest.join(':'), value),
    );
  }

  #targetMatches(resource: Resource, first: string, rest: string, value: string): boolean {
    const [code = '', only] = first.split(':') as [string, string?];
    return this.#values(resource, this.#param(resource.resourceType, code)).some((v) => {
      const target = this.#byKey.get(String((v.value as Tree)['reference']));
      if (target === undefined || (only !== undefined && target.resourceType !== only)) return false;
      const next = rest.split(/[.:]/)[0]!;
      const known =
        next.startsWith('_') ||
        this.#definitions.searchParameters(target.resourceType).some((p) => p.code === next);
      return known && this.#matches(target, rest, value);
    });
  }

  #values(resource: Resource, param: SearchParameter): TypedValue[] {
    const known = this.#known.get(param.url) ?? new WeakMap<Resource, TypedValue[]>();
    this.#known.set(param.url, known);
    const values = known.get(resource) ?? this.#evaluate(resource, param);
    known.set(resource, values);
    return values;
  }

  #evaluate(resource: Resource, param: SearchParameter): TypedValue[] {
    return partsOf(param, resource.resourceType).flatMap(({ path, only }) =>
      evalFhirPathTyped(path, [{ type: resource.resourceType, value: resource }]).filter(
        (v) => only === undefined || String((v.value as Tree)['reference']).startsWith(`${only}/`),
      ),
    );
  }

  #hasValue(
    resource: Resource,
    param: SearchParameter,
    modifier: string | undefined,
    wanted: string,
  ): boolean {
    if (param.type === 'composite') return this.#hasComposite(resource, param, wanted);
    return this.#values(resource, param).some((v) => compare(param.type, v, modifier, wanted));
  }

  #hasComposite(resource: Resource, param: SearchParameter, wanted: string): boolean {
    const parts = wanted.split('$');
    const contexts = partsOf(param, resource.resourceType).flatMap(({ path }) =>
      path === resource.resourceType
        ? [{ type: resource.resourceType, value: resource as unknown }]
        : evalFhirPathTyped(path, [{ type: resource.resourceType, value: resource }]),
    );
    return contexts.some((context) =>
      param.components.every((component, index) => {
        const kind = this.#definitions.searchParameter(component.definition)!.type;
        return evalFhirPathTyped(component.expression, [context]).some((v) =>
          compare(kind, v, undefined, parts[index]!),
        );
      }),
    );
  }
}

function partsOf(param: SearchParameter, type: string): { path: string; only: string | undefined }[] {
  return param
    .expression!.split('|')
    .map((part) => part.trim())
    .filter((part) => new RegExp(`^\\(*(${type}|Resource)\\b`).test(part))
    .map((part) => ({
      path: part.replace(/\.where\(resolve\(\) is [A-Za-z]+\)/, '').replace(/^Resource\b/, type),
      only: /resolve\(\) is ([A-Za-z]+)/.exec(part)?.[1],
    }));
}

function compare(kind: string, v: TypedValue, modifier: string | undefined, wanted: string): boolean {
  switch (kind) {
    case 'token':
      return modifier === 'text' ? wordingMatches(v, wanted) : tokenMatches(v, wanted);
    case 'string':
      return textsOf(v).some((text) => textMatches(text, modifier, wanted));
    case 'reference':
      return referenceMatches(v, modifier, wanted);
    case 'uri':
      return v.value === wanted;
    case 'date':
      return dateMatches(v, wanted);
    case 'number':
    case 'quantity':
      return amountMatches(v, wanted);
    default:
      throw new Error(`The oracle does not know ${kind}.`);
  }
}

function codesOf(v: TypedValue): { system?: string; code: string; bare?: boolean }[] {
  const tree = v.value as Tree;
  if (v.type === 'CodeableConcept')
    return ((tree['coding'] as Tree[]) ?? []).map((one) => one as { code: string });
  if (v.type === 'Coding') return [tree as { code: string }];
  if (v.type === 'Identifier' || v.type === 'ContactPoint') {
    return [
      { ...(v.type === 'Identifier' && { system: tree['system'] as string }), code: String(tree['value']) },
    ];
  }
  return [{ code: String(v.value), bare: true }];
}

function tokenMatches(v: TypedValue, wanted: string): boolean {
  const [first = '', second] = wanted.split('|') as [string, string?];
  return codesOf(v).some(({ system, code, bare }) => {
    if (second === undefined) return code.toLowerCase() === first.toLowerCase();
    if (bare) return code === second;
    if (first !== '' && system !== first) return false;
    if (first === '' && system) return false;
    return second === '' || code?.toLowerCase() === second.toLowerCase();
  });
}

function wordingMatches(v: TypedValue, wanted: string): boolean {
  const tree = v.value as Tree;
  const texts = [
    tree['text'],
    tree['display'],
    ...((tree['coding'] as Tree[]) ?? []).map((one) => one['display']),
  ];
  return texts
    .filter((text) => typeof text === 'string')
    .some((text) => ` ${fold(text)}`.includes(` ${fold(wanted)}`));
}

function textsOf(v: TypedValue): string[] {
  if (typeof v.value === 'string') return [v.value];
  const { period: _period, use: _use, type: _type, extension: _extension, ...parts } = v.value as Tree;
  return Object.values(parts)
    .flat()
    .filter((one) => typeof one === 'string');
}

function textMatches(text: string, modifier: string | undefined, wanted: string): boolean {
  if (modifier === 'exact') return text === wanted;
  return modifier === 'contains' ? fold(text).includes(fold(wanted)) : fold(text).startsWith(fold(wanted));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

function referenceMatches(v: TypedValue, modifier: string | undefined, wanted: string): boolean {
  const reference = String((v.value as Tree)['reference']);
  if (modifier !== undefined) return reference === `${modifier}/${wanted.replace(/^.*\//, '')}`;
  return wanted.includes('/') ? reference === wanted : reference.endsWith(`/${wanted}`);
}

type Span = { low: number; high: number };

function dateMatches(v: TypedValue, wanted: string): boolean {
  const [, prefix = 'eq', text = ''] = /^([a-z]{2})?(.*)$/.exec(wanted)!;
  const target = v.type === 'Period' ? periodSpan(v.value as Tree) : dateSpan(String(v.value));
  const asked = dateSpan(text);
  return spanMatches(prefix, target, asked, asked.low, asked.high);
}

function periodSpan(period: Tree): Span {
  return {
    low: period['start'] === undefined ? -Infinity : dateSpan(String(period['start'])).low,
    high: period['end'] === undefined ? Infinity : dateSpan(String(period['end'])).high,
  };
}

/** Milliseconds from the first moment to just after the last. */
function dateSpan(text: string): Span {
  const [, y = '', m, d, time, seconds, fraction, zone] =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(:\d\d)?(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text)!;
  if (time !== undefined) {
    const low = Date.parse(`${y}-${m}-${d}T${time}${seconds ?? ':00'}${fraction ?? ''}${zone ?? 'Z'}`);
    const from = zone === undefined ? fromLondon(low) : low;
    const width = fraction ? 1000 / 10 ** (fraction.length - 1) : seconds ? 1000 : 60_000;
    return { low: from, high: from + width };
  }
  const year = Number(y);
  const low = Date.UTC(year, m === undefined ? 0 : Number(m) - 1, d === undefined ? 1 : Number(d));
  const high =
    m === undefined
      ? Date.UTC(year + 1, 0, 1)
      : d === undefined
        ? Date.UTC(year, Number(m), 1)
        : low + 86_400_000;
  return { low: fromLondon(low), high: fromLondon(high) };
}

function fromLondon(wall: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: 'Europe/London', timeZoneName: 'longOffset' });
  const offset = /GMT([+-]\d\d):(\d\d)/.exec(name.format(wall - 3_600_000));
  return offset === null ? wall : wall - Number(offset[1]) * 3_600_000;
}

function amountMatches(v: TypedValue, wanted: string): boolean {
  const [number = '', system, code] = wanted.split('|') as [string, string?, string?];
  const [, prefix = 'eq', text = ''] = /^([a-z]{2})?(.*)$/.exec(number)!;
  const tree = typeof v.value === 'number' ? { value: v.value } : (v.value as Tree);
  if (typeof tree['value'] !== 'number') return false;
  if (system && tree['system'] !== system) return false;
  if (system && code && tree['code'] !== code) return false;
  if (!system && code && tree['code'] !== code && tree['unit'] !== code) return false;
  const decimals = (text.split('.')[1] ?? '').length;
  const half = 0.5 / 10 ** decimals;
  const value = Number(text);
  const stored = tree['value'];
  switch (prefix) {
    case 'eq':
      return stored >= round(value - half, decimals + 1) && stored < round(value + half, decimals + 1);
    case 'ne':
      return stored < round(value - half, decimals + 1) || stored >= round(value + half, decimals + 1);
    case 'gt':
    case 'sa':
      return stored > value;
    case 'lt':
    case 'eb':
      return stored < value;
    case 'ge':
      return stored >= value;
    case 'le':
      return stored <= value;
    default:
      return Math.abs(stored - value) <= Math.abs(value) / 10;
  }
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function spanMatches(prefix: string, target: Span, asked: Span, low: number, high: number): boolean {
  const within = target.low >= asked.low && target.high <= asked.high;
  switch (prefix) {
    case 'eq':
      return within;
    case 'ne':
      return !within;
    case 'gt':
      return target.high > high;
    case 'lt':
      return target.low < low;
    case 'ge':
      return target.high > high || within;
    case 'le':
      return target.low < low || within;
    case 'sa':
      return target.low >= high;
    case 'eb':
      return target.high <= low;
    default:
      throw new Error(`The oracle does not know ${prefix}.`);
  }
}
