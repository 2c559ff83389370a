import type { Repeat } from '../hl7/index.ts';
import type { Sender } from '../types.ts';
import { under } from './source.ts';

type Coding = { system?: string; code?: string; display?: string };
export type Codeable = { coding?: Coding[]; text?: string };

const table = (system: string) => `http://terminology.hl7.org/CodeSystem/${system}`;

/** What senders call the code systems that have an address in FHIR. Source: HL7 table 0396; NHS Data Dictionary for UK names. */
const systems: Record<string, string> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SCT2: 'http://snomed.info/sct',
  SNM3: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  'SNOMED-CT': 'http://snomed.info/sct',
  SNOMEDCT: 'http://snomed.info/sct',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  ICD10: 'http://hl7.org/fhir/sid/icd-10',
  'ICD-10': 'http://hl7.org/fhir/sid/icd-10',
  I9: 'http://hl7.org/fhir/sid/icd-9-cm',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  OPCS: 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4',
  OPCS4: 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4',
  DMD: 'https://dmd.nhs.uk',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  UCUM: 'http://unitsofmeasure.org',
};

export const codeSystem = {
  class: table('v3-ActCode'),
  maritalStatus: table('v3-MaritalStatus'),
  interpretation: table('v3-ObservationInterpretation'),
  participation: table('v3-ParticipationType'),
  conditionCategory: table('condition-category'),
  conditionClinical: table('condition-clinical'),
  conditionVerification: table('condition-ver-status'),
  allergyClinical: table('allergyintolerance-clinical'),
  allergyVerification: table('allergyintolerance-verification'),
  diagnosticService: table('v2-0074'),
  nullFlavor: table('v3-NullFlavor'),
} as const;

/** The address of a code system a sender names; one of its own gets an address under the sender's. */
export function systemOf(name: string, sender: Sender): string | undefined {
  if (name === '') return undefined;
  const known = systems[name.toUpperCase().replaceAll(' ', '')];
  if (known !== undefined) return known;
  if (/^\d+(?:\.\d+)+$/.test(name)) return `urn:oid:${name}`;
  const standard = /^HL7(\d{4})$/.exec(name.toUpperCase().replaceAll(' ', ''));
  if (standard !== null) return table(`v2-${standard[1]}`);
  return under(sender.source, `codes:${encodeURIComponent(name)}`);
}

/** CE or CWE: code, text and system, twice. Undefined when it says nothing. */
export function codeable(value: Repeat | undefined, sender: Sender): Codeable | undefined {
  if (value === undefined) return undefined;
  const coding = [coded(value, 1, sender), coded(value, 4, sender)].filter((each) => each !== undefined);
  const text =
    value.value(9) || value.value(2) || value.value(5) || (coding.length === 0 ? value.value(1) : '');
  if (coding.length === 0 && text === '') return undefined;
  return { ...(coding.length === 0 ? {} : { coding }), ...(text === '' ? {} : { text }) };
}

function coded(value: Repeat, from: number, sender: Sender): Coding | undefined {
  const code = value.value(from).replaceAll(/\s+/g, ' ');
  if (code === '') return undefined;
  const system = systemOf(value.value(from + 2), sender);
  const display = value.value(from + 1);
  return { ...(system === undefined ? {} : { system }), code, ...(display === '' ? {} : { display }) };
}

/** One code of a system, as a CodeableConcept. */
export const conceptOf = (system: string, code: string, display?: string): Codeable => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

/** What names a code among others of the same message: its code with its system, else its text. */
export function codeKey(concept: Codeable): string {
  const first = concept.coding?.[0];
  return first === undefined
    ? `text:${(concept.text ?? '').toLowerCase()}`
    : `${first.system ?? ''}|${first.code ?? ''}`;
}
