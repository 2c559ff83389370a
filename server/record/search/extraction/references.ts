import { hashReference, hashText, mixToken, seedOf, variant, type Halves } from '../hash.ts';
import { patientIdIn } from '../parameters/owner.ts';
import type { Param } from '../parameters/types.ts';
import { isResourceType } from '../../resource-types.ts';
import { ridOf } from '../../rid.ts';
import { addUri } from './tokens.ts';
import type { IndexRow } from './index-row.ts';

type Reference = { reference?: unknown; identifier?: { system?: unknown; value?: unknown }; type?: unknown };

const a: Halves = { hi: 0, lo: 0 };
const b: Halves = { hi: 0, lo: 0 };
const out: Halves = { hi: 0, lo: 0 };
const constants = new Map<Param, Map<string, Halves>>();

/** The constant of a parameter and a target type that its reference hashes carry. Its lowest bit is zero. */
export function referenceConstant(param: Param, targetType: string): Halves {
  let known = constants.get(param);
  if (known === undefined) constants.set(param, (known = new Map()));
  let constant = known.get(targetType);
  if (constant === undefined) {
    constant = seedOf(`${param.type}.${param.code}>${targetType}`);
    constant.lo &= ~1;
    known.set(targetType, constant);
  }
  return constant;
}

/** Adds a reference. `target` limits it to one type. The patient a resource belongs to is not added: its range says it. */
export function addReference(
  row: IndexRow,
  param: Param,
  value: Reference,
  target: string | undefined,
): void {
  const text = value.reference;
  if (typeof text === 'string' && text !== '') addReferenceText(row, param, text, target);
  const identifier = value.identifier;
  if (identifier == null || typeof identifier.value !== 'string') return;
  if (target !== undefined && typeof text !== 'string' && value.type !== target) return;
  row.present(param.ordinal);
  const system = typeof identifier.system === 'string' ? identifier.system : '';
  addIdentifierOf(row, param, system, identifier.value);
}

function addReferenceText(row: IndexRow, param: Param, text: string, target: string | undefined): void {
  if (text.startsWith('#')) return;
  const slash = text.indexOf('/');
  const type = slash < 0 ? '' : text.slice(0, slash);
  if (!isResourceType(type)) {
    if (target === undefined || typeInUrl(text) === target) addUri(row, param, text);
    return;
  }
  if (target !== undefined && type !== target) return;
  row.present(param.ordinal);
  if (param.owner && patientIdIn(text) !== undefined) return;
  const end = text.indexOf('/', slash + 1);
  const id = end < 0 ? text.slice(slash + 1) : text.slice(slash + 1, end);
  if (id === '') return;
  const rid = ridOf(id);
  hashReference(referenceConstant(param, type), rid, out);
  row.reference(out.hi, out.lo, type, id, rid);
}

function addIdentifierOf(row: IndexRow, param: Param, system: string, value: string): void {
  hashText(system, a);
  hashText(value.toLowerCase(), b);
  mixToken(param.seed, variant.referenceIdentifier, a.hi, a.lo, b.hi, b.lo, 0, out);
  row.token(out.hi, out.lo);
  mixToken(param.seed, variant.referenceIdentifier, 0, 0, b.hi, b.lo, 0, out);
  row.token(out.hi, out.lo);
}

/** Adds a canonical URL: as it is, and without its `|version`. */
export function addCanonical(row: IndexRow, param: Param, value: unknown): void {
  if (typeof value !== 'string') return;
  addUri(row, param, value);
  const bar = value.indexOf('|');
  if (bar > 0) addUri(row, param, value.slice(0, bar));
}

/** A resource that stands where a reference is asked for, as in a message Bundle. */
export function addResource(
  row: IndexRow,
  param: Param,
  value: { resourceType?: unknown; id?: unknown },
): void {
  if (typeof value.resourceType !== 'string' || typeof value.id !== 'string') return;
  addReferenceText(row, param, `${value.resourceType}/${value.id}`, undefined);
}

/** The resource type in an absolute reference such as `https://example.org/fhir/Patient/1`. */
export function typeInUrl(url: string): string | undefined {
  const parts = url.split('/');
  const history = parts.indexOf('_history');
  const type = parts.at(history < 0 ? -2 : history - 2);
  return type !== undefined && isResourceType(type) ? type : undefined;
}
