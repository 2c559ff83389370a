import { labels as allLabels, type Label } from '../../access/index.ts';
import type { Resource } from '../types.ts';
import sensitive from './sensitive-codes.json' with { type: 'json' };

/** A security label in this code system names one of our labels itself, such as `former-identity` or `third-party`. */
export const labelSystem = 'urn:openics:label';

const { codeSystems } = sensitive;
const byCode = new Map<string, Label>();
const byStart: (readonly [start: string, label: Label])[] = [];

for (const group of sensitive.labels) {
  const label = group.label as Label;
  if (!(allLabels as readonly string[]).includes(label))
    throw new Error(`${label} is no label of the policy.`);
  const exact: [string, readonly string[]][] = [
    [codeSystems.snomed, group.snomed],
    [codeSystems.loinc, group.loinc],
    [codeSystems.act, group.act],
    [codeSystems.confidentiality, group.confidentiality ?? []],
  ];
  for (const [system, codes] of exact) for (const code of codes) byCode.set(`${system}|${code}`, label);
  for (const start of group.icd10) byStart.push([start, label]);
}
for (const label of allLabels) byCode.set(`${labelSystem}|${label}`, label);

const icd10 = new Set([codeSystems.icd10, codeSystems.icd10uk]);
const noLabels: readonly Label[] = [];

/** What makes a resource sensitive: its security labels, and the codes it holds anywhere. */
export function labelsOf(resource: Resource): readonly Label[] {
  const found = new Set<Label>();
  visit(resource, found);
  // On a Patient it marks somebody whose whereabouts are protected, which is known of the person (Personal Demographics Service).
  if (resource.resourceType === 'Patient') found.delete('in-confidence');
  return found.size === 0 ? noLabels : [...found].sort();
}

/** Any object with a system and a code counts: codings, quantities and security labels alike. */
function visit(node: object, found: Set<Label>): void {
  const { system, code } = node as { system?: unknown; code?: unknown };
  if (typeof system === 'string' && typeof code === 'string') addCode(system, code, found);
  for (const key in node) {
    const value = (node as Record<string, unknown>)[key];
    if (typeof value === 'object' && value !== null) visit(value, found);
  }
}

function addCode(system: string, code: string, found: Set<Label>): void {
  const label = byCode.get(`${system}|${code}`);
  if (label !== undefined) found.add(label);
  if (!icd10.has(system)) return;
  for (const [start, other] of byStart) if (code.startsWith(start)) found.add(other);
}
