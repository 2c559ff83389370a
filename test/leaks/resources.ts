import { createHash } from 'node:crypto';
import type { Resource } from '../../server/record/types.ts';
import { chance, type Chance } from './chance.ts';

/** A resource, who says it, and whether it is said once more in a second version. */
export type Said = { resource: Resource; source: string; twice: boolean };

/** The moment at which all worlds stand still. */
export const now = new Date('2026-03-02T09:00:00Z');

export const partners = ['ZZ0001', 'ZZ0003', 'ZZR01', 'dune-homes'] as const;
export const sourceOf = (partner: string): string => `urn:openics:source:${partner}`;

export const people = 10;
export const patientId = (n: number): string => uuid(`patient ${n}`);

const nhsNumberOf = (n: number): string => `99900${String(10_000 + n * 37)}`;
const birthDateOf = (n: number): string => `19${50 + n}-0${1 + (n % 9)}-11`;

/** What one must know of a made-up person to find them as a stranger. */
export function numberAndBirthDate(patient: string): { nhsNumber: string; born: string } {
  const n = Array.from({ length: people }, (_, each) => patientId(each)).indexOf(patient);
  return { nhsNumber: nhsNumberOf(n), born: birthDateOf(n) };
}

/** A uuid made from words, so that every world has the same ids. */
export function uuid(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What the people of these worlds are called. */
export const families = [
  'Okafor',
  'Evans',
  'Marsh',
  'Lindqvist',
  'Haddad',
  'Byrne',
  'Castell',
  'Dunmore',
  'Eze',
  'Foss',
];
const snomed = 'http://snomed.info/sct';
const loinc = 'http://loinc.org';
const concept = (system: string, code: string, display: string) => ({
  coding: [{ system, code, display }],
  text: display,
});

const problems = [
  concept(snomed, '195967001', 'Asthma'),
  concept(snomed, '38341003', 'Hypertension'),
  concept(snomed, '86406008', 'HIV infection'),
  concept(snomed, '35489007', 'Depression'),
  concept(snomed, '66590003', 'Alcohol dependence'),
];
const measures = [
  concept(loinc, '8867-4', 'Heart rate'),
  concept(loinc, '29463-7', 'Body weight'),
  concept(loinc, '75622-1', 'HIV test'),
];
const security = [
  [],
  [],
  [],
  [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
  [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SDV' }],
  [{ system: 'urn:openics:label', code: 'former-identity' }],
];

/** Everything that partners say of the made-up people, in the order in which it arrived. */
export function saidBy(seed: number): Said[] {
  const by = chance(seed);
  const said: Said[] = [];
  const say = (resource: Resource, partner: string): void => {
    said.push({ resource, source: sourceOf(partner), twice: by.below(8) === 0 });
  };
  for (const partner of partners)
    say({ resourceType: 'Organization', id: `org-${partner}`, name: `Partner ${partner}` }, partner);
  for (let n = 0; n < people; n++) sayOfPerson(n, by, say);
  return said;
}

function sayOfPerson(n: number, by: Chance, say: (resource: Resource, partner: string) => void): void {
  const subject = { reference: `Patient/${patientId(n)}` };
  const own = {
    text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">Said of person ${n}</div>` },
  };
  const add = (type: string, name: string, more: Record<string, unknown>): string => {
    const id = uuid(`${type} ${n} ${name}`);
    say({ resourceType: type, id, meta: { security: by.of(security) }, ...more }, by.of(partners));
    return id;
  };
  const surgery = by.of(partners);
  say(
    {
      resourceType: 'Patient',
      id: patientId(n),
      meta:
        n === 3
          ? { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] }
          : {},
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumberOf(n) }],
      name: [{ family: families[n], given: [`Given${n}`] }],
      gender: n % 2 === 0 ? 'female' : 'male',
      birthDate: birthDateOf(n),
      address: [
        { line: [`${n} Dune Road`], city: n % 2 === 0 ? 'Marram' : 'Sandley', postalCode: `MA${n} 1AA` },
      ],
      telecom: [{ system: 'phone', value: `01632 9600${n}0` }],
      generalPractitioner: [{ reference: `Organization/org-${surgery}` }],
      managingOrganization: { reference: `Organization/org-${surgery}` },
    },
    surgery,
  );
  for (let i = 0; i < 2; i++) {
    const encounter = add('Encounter', `e${i}`, {
      status: 'finished',
      class: { code: 'AMB' },
      subject,
      period: { start: `2025-0${1 + i}-0${1 + (n % 9)}T10:00:00Z` },
      serviceProvider: { reference: `Organization/org-${by.of(partners)}` },
    });
    const problem = add('Condition', `c${i}`, {
      ...own,
      subject,
      code: by.of(problems),
      recordedDate: `2025-03-1${i}`,
      encounter: { reference: `Encounter/${encounter}` },
    });
    for (let j = 0; j < 2; j++)
      add('Observation', `o${i}${j}`, {
        status: by.of(['final', 'preliminary']),
        subject,
        code: by.of(measures),
        encounter: { reference: `Encounter/${encounter}` },
        effectiveDateTime: `2025-0${1 + i}-0${1 + j}`,
        performer: [{ reference: `Organization/org-${by.of(partners)}` }],
        valueQuantity: {
          value: 60 + by.below(40),
          unit: '/min',
          system: 'http://unitsofmeasure.org',
          code: '/min',
        },
      });
    add('CarePlan', `p${i}`, {
      status: 'active',
      intent: 'plan',
      subject,
      addresses: [{ reference: `Condition/${problem}` }],
    });
  }
  add('Flag', 'f', { status: 'active', subject, code: { text: 'Needs a quiet room' } });
  add('MedicationRequest', 'm', {
    status: 'active',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: 'Salbutamol' },
  });
  const binary = add('Binary', 'b', {
    contentType: 'text/plain',
    data: Buffer.from(`letter ${n}`).toString('base64'),
  });
  add('DocumentReference', 'd', {
    status: 'current',
    subject,
    content: [{ attachment: { contentType: 'text/plain', url: `Binary/${binary}` } }],
  });
  add('Appointment', 'a', {
    status: 'booked',
    start: `2026-04-0${1 + (n % 9)}T09:00:00Z`,
    participant: [{ actor: subject, status: 'accepted' }],
  });
  add('List', 'l', {
    status: 'current',
    mode: 'working',
    subject,
    entry: [{ item: { reference: `Condition/${uuid(`Condition ${n} c0`)}` } }],
  });
}
