/** Made-up people for the own view, over made-up partners who share. Their NHS numbers begin with 999, which nobody is given. */
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { agreementFrom, dataClasses, putAgreement, type Agreement } from '../../server/access/index.ts';
import { createOrganisations, odsSystem } from '../../server/organisations/index.ts';
import { currentLinks } from '../../server/people/index.ts';
import type { Clock } from '../../server/platform/clock.ts';
import type { Db } from '../../server/platform/db/index.ts';
import { ridOf } from '../../server/record/rid.ts';
import type { Resource } from '../../server/record/types.ts';
import { createServices, type Services } from '../../server/services.ts';
import { loadMadeUpSystem } from './made-up-system.ts';
import { puts } from './puts.ts';

const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number';
export const practice = `${odsSystem}/ZZ0001`;
export const hospital = `${odsSystem}/ZZR01`;

export const now = '2026-05-12T12:00:00Z';

type Who = { id: string; number: string; born: string; family: string; given: string; source?: string };

export const patientOf = ({ id, number, born, family, given, source = practice }: Who): Resource => ({
  resourceType: 'Patient',
  id,
  meta: { source },
  identifier: [{ system: nhsNumber, value: number }],
  name: [{ use: 'official', family, given: [given] }],
  gender: 'female',
  birthDate: born,
  address: [{ use: 'home', line: ['1 Quay Street'], city: 'Marram', postalCode: 'ZZ1 1AA' }],
  generalPractitioner: [{ display: 'Harbour and Quay Surgery' }],
});

export const people = {
  ann: { id: 'ann', number: '9990000018', born: '1980-03-01', family: 'Marsh', given: 'Ann' },
  bob: { id: 'bob', number: '9990000026', born: '1978-07-11', family: 'Marsh', given: 'Bo' },
  cay: { id: 'cay', number: '9990000034', born: '2018-02-03', family: 'Marsh', given: 'Cay' },
  dee: { id: 'dee', number: '9990000042', born: '2011-09-09', family: 'Fenn', given: 'Dee' },
} as const;
export type Name = keyof typeof people;

const coded = (display: string, code: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
  text: display,
});
const status = (set: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${set}`, code }],
});
const about = (id: string) => ({ reference: `Patient/${id}` });

/** What the practice wrote of Ann. */
const atPractice: Resource[] = [
  {
    resourceType: 'Condition',
    id: 'asthma',
    meta: { source: practice },
    subject: about('ann'),
    code: coded('Asthma', '195967001'),
    clinicalStatus: status('condition-clinical', 'active'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    onsetDateTime: '2001-05-04',
  },
  {
    resourceType: 'AllergyIntolerance',
    id: 'penicillin',
    meta: { source: practice },
    patient: about('ann'),
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    criticality: 'high',
    code: coded('Allergy to penicillin', '91936005'),
    reaction: [{ manifestation: [{ text: 'Rash' }] }],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'salbutamol',
    meta: { source: practice },
    status: 'active',
    intent: 'order',
    subject: about('ann'),
    authoredOn: '2025-11-03',
    medicationCodeableConcept: coded('Salbutamol 100 micrograms inhaler', '39113611000001102'),
    dosageInstruction: [{ text: '2 puffs when needed' }],
  },
  {
    resourceType: 'Observation',
    id: 'sugar',
    meta: { source: practice },
    status: 'final',
    category: [status('observation-category', 'laboratory')],
    code: coded('HbA1c (IFCC)', '999791000000106'),
    subject: about('ann'),
    effectiveDateTime: '2026-04-01T10:00:00Z',
    valueQuantity: { value: 52, unit: 'mmol/mol' },
    referenceRange: [{ high: { value: 41, unit: 'mmol/mol' } }],
  },
  {
    resourceType: 'Immunization',
    id: 'flu',
    meta: { source: practice },
    status: 'completed',
    patient: about('ann'),
    vaccineCode: coded('Influenza vaccine', '1181000221105'),
    occurrenceDateTime: '2025-10-01',
  },
  {
    resourceType: 'CarePlan',
    id: 'plan',
    meta: { source: practice },
    status: 'active',
    intent: 'plan',
    title: 'Asthma plan',
    subject: about('ann'),
    period: { start: '2026-01-10' },
    description: 'What to do when it gets hard to breathe.',
  },
  {
    resourceType: 'CareTeam',
    id: 'team',
    meta: { source: practice },
    status: 'active',
    name: 'Asthma team',
    subject: about('ann'),
    telecom: [{ system: 'phone', value: '0700 000 0002' }],
    participant: [{ member: { display: 'Nurse Quill' }, role: [{ text: 'Asthma nurse' }] }],
  },
];

/** What the hospital wrote of Ann: a referral with its appointment, a letter, and a note that is not for her. */
const atHospital: Resource[] = [
  {
    resourceType: 'ServiceRequest',
    id: 'lungs',
    meta: { source: hospital },
    status: 'active',
    intent: 'order',
    subject: about('ann-2'),
    code: coded('Referral to lung clinic', '183524004'),
    authoredOn: '2026-01-06',
    performer: [{ display: 'Lung clinic, Marram General' }],
    reasonCode: [{ text: 'Asthma that is hard to treat' }],
  },
  {
    resourceType: 'Appointment',
    id: 'clinic',
    meta: { source: hospital },
    status: 'booked',
    description: 'Lung clinic',
    start: '2026-06-02T09:30:00Z',
    end: '2026-06-02T10:00:00Z',
    basedOn: [{ reference: 'ServiceRequest/lungs' }],
    participant: [{ actor: about('ann-2'), status: 'accepted' }],
  },
  {
    resourceType: 'DocumentReference',
    id: 'letter',
    meta: { source: hospital },
    status: 'current',
    subject: about('ann-2'),
    date: '2026-02-01T12:00:00Z',
    type: { text: 'Clinic letter' },
    description: 'Letter after your visit',
    content: [
      {
        attachment: {
          contentType: 'text/plain',
          title: 'Clinic letter',
          data: Buffer.from('This letter is made up.').toString('base64'),
        },
      },
    ],
  },
  {
    resourceType: 'DocumentReference',
    id: 'not-for-her',
    meta: {
      source: hospital,
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }],
    },
    status: 'current',
    subject: about('ann-2'),
    date: '2026-02-02T12:00:00Z',
    type: { text: 'Worry of a sister' },
    content: [
      {
        attachment: { contentType: 'text/plain', title: 'Note', data: Buffer.from('no').toString('base64') },
      },
    ],
  },
];

/** A data folder, and the partners and people of the tests in a database. */
export async function filled(db: Db, clock: Clock): Promise<{ folder: string; services: Services }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'openics-own-view-'));
  await loadMadeUpSystem(db, clock);
  const services = await createServices(db, clock);
  const put = (resources: readonly Resource[], source: string) =>
    services.store.write(puts(resources), { source, channel: 'import', agent: 'test' });
  await put([...Object.values(people).map(patientOf), ...atPractice], practice);
  await put([patientOf({ ...people.ann, id: 'ann-2', source: hospital }), ...atHospital], hospital);
  const organisations = createOrganisations(db);
  const surgery = await organisations.organisationByIdentifier({ system: odsSystem, value: 'ZZ0001' });
  const over = await organisations.allBodiesOf(surgery!, '2026-05-12');
  const system = over.find(({ kind }) => kind === 'system')!;
  await db.transaction((tx) => putAgreement(tx, sharedCare(system.id), { by: 'test', at: clock() }));
  return { folder, services };
}

/** Who a made-up person is now. */
export async function personIdOf(db: Db, name: Name): Promise<string> {
  const patientId = ridOf(people[name].id);
  return (await currentLinks(db, [patientId])).get(patientId)?.personId ?? patientId;
}

/** All partners of the system share all that they may for care and to check how it is used. */
const sharedCare = (system: string): Agreement =>
  agreementFrom({
    id: 'shared-care',
    name: 'Marram Shared Care Record',
    from: '2025-04-01',
    to: null,
    parties: [system],
    classes: dataClasses.filter((each) => each !== 'directory'),
    purposes: ['TREAT', 'ETREAT', 'BTG', 'PATADMIN', 'HCOMPL'],
    labels: [],
    confidentiality: 'implied-consent',
    gdprArticle6: '6(1)(e) public task',
    gdprArticle9: '9(2)(h) health and social care',
    law: 'Health and Social Care Act 2012, section 251B',
    people: 'Everybody registered in the system',
    retention: 'Records Management Code of Practice',
    safeguards: 'Role, relationship, audit',
    contact: 'Information governance lead',
    review: '2027-04-01',
  });
