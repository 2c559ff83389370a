/** Reads coded values: which code stands for a thing, and what to call it. */
import type { CodeableConcept, Coding } from '@medplum/fhirtypes';

const snomed = 'http://snomed.info/sct';
const loinc = 'http://loinc.org';

/** dm+d codes are SNOMED CT codes, so both addresses name one system. */
const sameSystem: Record<string, string> = {
  'https://dmd.nhs.uk': snomed,
  'http://dmd.nhs.uk': snomed,
  'urn:oid:2.16.840.1.113883.6.96': snomed,
  'urn:oid:2.16.840.1.113883.6.1': loinc,
};

const clinicalOrder = [snomed, 'http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-uk'];
const resultOrder = [loinc, snomed];

/** Words in brackets that SNOMED CT adds to a name to say what sort of concept it is. */
const sortOfConcept =
  /\s\((?:disorder|finding|procedure|situation|event|observable entity|substance|product|regime\/therapy|physical object|morphologic abnormality|body structure|clinical drug|medicinal product|record artifact|assessment scale)\)$/;

/** Spaces and letter case do not make two wordings different. */
export function plainWording(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

/** The one code that stands for a concept, so that two sources that share it can be joined; undefined when uncoded. */
export function mainCoding(
  concept: CodeableConcept | undefined,
  order: 'clinical' | 'result' = 'clinical',
): { system?: string; code: string } | undefined {
  const ranks = order === 'result' ? resultOrder : clinicalOrder;
  let best: { system: string; code: string; rank: number } | undefined;
  for (const coding of concept?.coding ?? []) {
    if (coding.code === undefined) continue;
    const system = knownSystem(coding.system);
    const place = ranks.indexOf(system);
    const candidate = { system, code: coding.code, rank: place < 0 ? ranks.length : place };
    if (best === undefined || before(candidate, best)) best = candidate;
  }
  if (best === undefined) return undefined;
  return best.system === '' ? { code: best.code } : { system: best.system, code: best.code };
}

function before(
  a: { system: string; code: string; rank: number },
  b: { system: string; code: string; rank: number },
): boolean {
  if (a.rank !== b.rank) return a.rank < b.rank;
  if (a.system !== b.system) return a.system < b.system;
  return a.code < b.code;
}

function knownSystem(system: string | undefined): string {
  return system === undefined ? '' : (sameSystem[system] ?? system);
}

/** A text that is equal for two concepts that mean the same: the main code, else the wording. */
export function conceptKey(
  concept: CodeableConcept | undefined,
  order: 'clinical' | 'result' = 'clinical',
): string {
  const coding = mainCoding(concept, order);
  if (coding !== undefined) return `${coding.system ?? ''}|${coding.code}`;
  return `words:${plainWording(concept?.text ?? '')}`;
}

/** What to call a concept: its own text, else the name of its main code. */
export function conceptTitle(concept: CodeableConcept | undefined): string | undefined {
  if (concept === undefined) return undefined;
  const text = concept.text ?? firstDisplay(concept.coding) ?? concept.coding?.[0]?.code;
  return text?.replace(sortOfConcept, '').trim() || undefined;
}

function firstDisplay(codings: Coding[] | undefined): string | undefined {
  return codings?.find((coding) => coding.display !== undefined)?.display;
}

/** True when the concept carries one of these codes, in any system. */
export function hasCode(concept: CodeableConcept | undefined, codes: ReadonlySet<string>): boolean {
  return concept?.coding?.some((coding) => coding.code !== undefined && codes.has(coding.code)) ?? false;
}

/** The code of a status field that is bound to one code system. */
export function statusCode(concept: CodeableConcept | undefined): string | undefined {
  return concept?.coding?.find((coding) => coding.code !== undefined)?.code;
}
