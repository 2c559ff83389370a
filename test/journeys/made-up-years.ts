/** Ten made-up years of Ada's life: visits, vaccinations and results, so that pages have something to show. */
import type { Resource } from '../../server/record/types.ts';

const loinc = 'http://loinc.org';
const snomed = 'http://snomed.info/sct';
const about = (id: string) => ({ reference: `Patient/${id}` });
const by = (id: string) => ({ reference: `Organization/${id}` });

type Test = { code: string; name: string; unit: string; category: string; high?: number; values: number[] };

/** One value for each January from 2016. */
const tests: Test[] = [
  {
    code: '59261-8',
    name: 'HbA1c',
    unit: 'mmol/mol',
    category: 'laboratory',
    high: 48,
    values: [38, 39, 41, 40, 43, 44, 46, 47, 49, 51],
  },
  {
    code: '29463-7',
    name: 'Body weight',
    unit: 'kg',
    category: 'vital-signs',
    values: [68.2, 68.9, 70.1, 71.4, 71, 72.6, 73.5, 74.1, 74.9, 75.3],
  },
  {
    code: '2160-0',
    name: 'Creatinine',
    unit: 'umol/L',
    category: 'laboratory',
    high: 84,
    values: [66, 68, 67, 70, 69, 72, 71, 74, 73, 75],
  },
  {
    code: '2093-3',
    name: 'Total cholesterol',
    unit: 'mmol/L',
    category: 'laboratory',
    high: 5,
    values: [6.1, 6.3, 5.4, 4.9, 4.8, 4.6, 4.7, 4.5, 4.4, 4.5],
  },
];

function resultsOf({ code, name, unit, category, high, values }: Test): Resource[] {
  return values.map((value, index) => ({
    resourceType: 'Observation',
    id: `${code}-${2016 + index}`,
    status: 'final',
    category: [
      { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] },
    ],
    code: { coding: [{ system: loinc, code, display: name }] },
    subject: about('ada-practice'),
    effectiveDateTime: `${2016 + index}-01-12T09:30:00Z`,
    performer: [by('mill-lane')],
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    ...(high === undefined ? {} : { referenceRange: [{ high: { value: high, unit } }] }),
  }));
}

function visit(
  id: string,
  patient: string,
  organisation: string,
  day: string,
  what: string,
  setting = 'AMB',
): Resource {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: setting },
    type: [{ text: what }],
    subject: about(patient),
    period: { start: `${day}T09:00:00Z`, end: `${day}T09:30:00Z` },
    serviceProvider: by(organisation),
  };
}

const years = Array.from({ length: 10 }, (_, index) => 2016 + index);

const yearly = years.flatMap((year): Resource[] => [
  visit(`review-${year}`, 'ada-practice', 'mill-lane', `${year}-01-12`, 'Yearly review'),
  {
    resourceType: 'Immunization',
    id: `flu-${year}`,
    status: 'completed',
    patient: about('ada-practice'),
    vaccineCode: { coding: [{ system: snomed, code: '1181000221105', display: 'Influenza vaccine' }] },
    occurrenceDateTime: `${year}-10-01`,
  },
]);

const hospital: Resource[] = [
  visit('admission-2018', 'ada-hospital', 'northside', '2018-02-03', 'Acute asthma', 'EMER'),
  visit('clinic-2018', 'ada-hospital', 'northside', '2018-03-20', 'Respiratory clinic'),
  visit('clinic-2021', 'ada-hospital', 'northside', '2021-09-14', 'Respiratory clinic'),
  {
    resourceType: 'Procedure',
    id: 'spirometry-2018',
    status: 'completed',
    code: { coding: [{ system: snomed, code: '127783003', display: 'Spirometry (procedure)' }] },
    subject: about('ada-hospital'),
    performedDateTime: '2018-03-20',
    encounter: { reference: 'Encounter/clinic-2018' },
  },
];

const medicines: [id: string, name: string, dose: string, status: string, day: string][] = [
  ['beclometasone', 'Beclometasone 100 micrograms inhaler', '2 puffs twice a day', 'active', '2025-11-03'],
  ['metformin', 'Metformin 500 mg tablets', '1 tablet with breakfast', 'active', '2025-02-10'],
  ['simvastatin', 'Simvastatin 40 mg tablets', '1 tablet at night', 'active', '2025-06-20'],
  [
    'prednisolone',
    'Prednisolone 5 mg tablets',
    '8 tablets each morning for 5 days',
    'completed',
    '2018-02-03',
  ],
];

export const madeUpYears: Resource[] = [
  ...tests.flatMap(resultsOf),
  ...yearly,
  ...hospital,
  ...medicines.map(([id, name, dose, status, day]): Resource => ({
    resourceType: 'MedicationRequest',
    id,
    status,
    intent: 'order',
    subject: about('ada-practice'),
    authoredOn: day,
    medicationCodeableConcept: { text: name },
    dosageInstruction: [{ text: dose }],
    requester: by('mill-lane'),
  })),
];
