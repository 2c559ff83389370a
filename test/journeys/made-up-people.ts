/** Made-up people for the journeys. Their NHS numbers begin with 999, which nobody is given. */
import type { Resource } from '../../server/record/types.ts';
import { madeUpYears } from './made-up-years.ts';

const snomed = 'http://snomed.info/sct';
const loinc = 'http://loinc.org';
const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number';

const hospital: Resource = { resourceType: 'Organization', id: 'northside', name: 'Northside Hospital' };
const practice: Resource = {
  resourceType: 'Organization',
  id: 'mill-lane',
  name: 'Mill Lane Surgery',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y12345' }],
};

/** Ada, known to a hospital and a practice: one person by NHS number and date of birth. */
const ada = [patient('ada-hospital', 'northside'), patient('ada-practice', 'mill-lane')];

function patient(id: string, organisation: string): Resource {
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: nhsNumber, value: '9990000018' }],
    name: [{ use: 'official', family: 'Okafor', given: ['Ada', 'Grace'] }],
    gender: 'female',
    birthDate: '1950-03-01',
    address: [{ use: 'home', line: ['1 Example Street'], city: 'Leeds', postalCode: 'LS1 1AA' }],
    managingOrganization: { reference: `Organization/${organisation}` },
  };
}

const about = (id: string) => ({ reference: `Patient/${id}` });
const coded = (system: string, code: string, display: string) => ({ coding: [{ system, code, display }] });
const status = (set: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${set}`, code }],
});

function problem(id: string, whose: string, more: Record<string, unknown> = {}): Resource {
  return {
    resourceType: 'Condition',
    id,
    subject: about(whose),
    code: coded(snomed, '195967001', 'Asthma (disorder)'),
    clinicalStatus: status('condition-clinical', 'active'),
    verificationStatus: status('condition-ver-status', 'confirmed'),
    onsetDateTime: '2001-05-04',
    ...more,
  };
}

function bloodPressure(id: string, day: string, systolic: number, diastolic: number): Resource {
  const part = (code: string, display: string, value: number) => ({
    code: coded(loinc, code, display),
    valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
  });
  return {
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [status('observation-category', 'vital-signs')],
    code: coded(loinc, '85354-9', 'Blood pressure'),
    subject: about('ada-practice'),
    effectiveDateTime: `${day}T10:00:00Z`,
    performer: [{ reference: 'Organization/mill-lane' }],
    component: [part('8480-6', 'Systolic', systolic), part('8462-4', 'Diastolic', diastolic)],
  };
}

const record: Resource[] = [
  problem('asthma-hospital', 'ada-hospital'),
  problem('asthma-practice', 'ada-practice'),
  problem('eczema-hospital', 'ada-hospital', {
    code: coded(snomed, '43116000', 'Eczema (disorder)'),
    clinicalStatus: status('condition-clinical', 'resolved'),
    onsetDateTime: '2010-02-03',
  }),
  problem('eczema-practice', 'ada-practice', {
    code: coded(snomed, '43116000', 'Eczema (disorder)'),
    onsetDateTime: '2010-02-03',
  }),
  problem('mistake', 'ada-hospital', {
    code: coded(snomed, '22298006', 'Myocardial infarction (disorder)'),
    clinicalStatus: undefined,
    verificationStatus: status('condition-ver-status', 'entered-in-error'),
  }),
  {
    resourceType: 'AllergyIntolerance',
    id: 'penicillin',
    patient: about('ada-practice'),
    clinicalStatus: status('allergyintolerance-clinical', 'active'),
    verificationStatus: status('allergyintolerance-verification', 'confirmed'),
    criticality: 'high',
    code: coded(snomed, '91936005', 'Allergy to penicillin'),
    reaction: [{ manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' }],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'salbutamol',
    status: 'active',
    intent: 'order',
    subject: about('ada-practice'),
    authoredOn: '2025-11-03',
    medicationCodeableConcept: coded(
      'https://dmd.nhs.uk',
      '39113611000001102',
      'Salbutamol 100 micrograms inhaler',
    ),
    dosageInstruction: [{ text: '2 puffs when needed' }],
  },
  {
    resourceType: 'Encounter',
    id: 'visit',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: [{ text: 'Asthma review' }],
    subject: about('ada-hospital'),
    period: { start: '2024-06-03T09:00:00Z', end: '2024-06-03T09:20:00Z' },
    serviceProvider: { reference: 'Organization/northside' },
  },
  bloodPressure('bp-1', '2023-01-09', 128, 82),
  bloodPressure('bp-2', '2024-01-08', 135, 84),
  bloodPressure('bp-3', '2025-01-13', 142, 88),
  {
    resourceType: 'DocumentReference',
    id: 'letter',
    status: 'current',
    subject: about('ada-hospital'),
    date: '2024-06-04T12:00:00Z',
    type: { text: 'Clinic letter' },
    custodian: { reference: 'Organization/northside' },
    content: [
      attachment(
        'text/plain',
        'Clinic letter',
        'Dear colleague, this letter is made up. <script>fail()</script>',
      ),
      attachment('text/html', 'Clinic letter as a web page', '<script>fail()</script>'),
    ],
  },
];

function attachment(contentType: string, title: string, text: string) {
  return { attachment: { contentType, title, data: Buffer.from(text).toString('base64') } };
}

/** People whose names begin alike, more than one page shows. */
const crowd = Array.from({ length: 25 }, (_, index): Resource => ({
  resourceType: 'Patient',
  id: `crowd-${index}`,
  name: [{ family: 'Exampleton', given: [`Sam${String.fromCharCode(97 + index)}`] }],
  birthDate: `19${60 + index}-01-01`,
}));

export const madeUpPeople: Resource[] = [hospital, practice, ...ada, ...record, ...madeUpYears, ...crowd];
