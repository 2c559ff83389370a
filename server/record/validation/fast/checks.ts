import type { CodeCheck } from '../../definitions/index.ts';
import { compareMoments, readMoment } from '../../fhirpath/index.ts';
import { isId } from '../primitives.ts';
import type { Tree } from '../run.ts';

/** Orders two FHIR dates or times; undefined when their precision does not decide. Same form and zone compare as text. */
export function dateOrder(a: string, b: string): number | undefined {
  if (a.length === b.length && a.length <= 32 && sameZone(a, b)) return a < b ? -1 : Number(a > b);
  const one = readMoment(a, false);
  const two = readMoment(b, false);
  return one && two && compareMoments(one, two);
}

function sameZone(a: string, b: string): boolean {
  if (a.length <= 10) return true;
  for (let at = 19; at < a.length; at++) {
    const code = a.charCodeAt(at);
    if (code !== b.charCodeAt(at) && (code === 90 || code === 43 || code === 45 || code === 58)) return false;
  }
  return a.endsWith('Z') || a.slice(-6) === b.slice(-6);
}

/** True when a reference can be read and names an allowed type; false leaves it to the full check. */
export function isPlainReference(reference: string, allowed: Set<string> | undefined): boolean {
  if (reference.startsWith('urn:uuid:')) return reference.length === 45;
  const end = reference.lastIndexOf('/');
  if (end <= 0 || !isId(reference.slice(end + 1))) return false;
  const start = reference.lastIndexOf('/', end - 1) + 1;
  if (start > 0 && !reference.startsWith('http')) return false;
  return allowed !== undefined && allowed.has(reference.slice(start, end));
}

/** True when a coded value satisfies a binding that must hold. */
export function hasBoundCode(type: string, value: Tree, check: CodeCheck): boolean {
  if (type !== 'CodeableConcept') return isBound(value, check);
  const codings = value['coding'] as Tree[] | undefined;
  if (codings === undefined) return false;
  for (const coding of codings) if (isBound(coding, check)) return true;
  return false;
}

function isBound(coding: Tree, check: CodeCheck): boolean {
  const { system, code } = coding;
  return typeof system === 'string' && typeof code === 'string' && check(system, code) !== false;
}
