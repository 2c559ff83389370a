import type { Resource } from '../../server/record/types.ts';

const patient = { reference: 'Patient/example' };

/** Small resources that hold just what HL7's GraphQL cases ask for, used where the full examples are not at hand. */
export const smallExamples: Resource[] = [
  {
    resourceType: 'Patient',
    id: 'example',
    active: true,
    identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: '12345' }],
    name: [
      { use: 'official', family: 'Chalmers', given: ['Peter', 'James'] },
      { use: 'usual', given: ['Jim'] },
      { use: 'maiden', family: 'Windsor', given: ['Peter', 'James'] },
    ],
  },
  {
    resourceType: 'Observation',
    id: 'example',
    status: 'final',
    code: {
      coding: [
        { system: 'http://loinc.org', code: '29463-7' },
        { system: 'http://loinc.org', code: '3141-9' },
        { system: 'http://snomed.info/sct', code: '27113001' },
        { system: 'http://acme.org/devices/clinical-codes', code: 'body-weight' },
      ],
    },
    subject: patient,
    valueQuantity: { value: 185, unit: 'lbs' },
  },
  { resourceType: 'Condition', id: 'example', subject: patient },
  {
    resourceType: 'MedicationDispense',
    id: 'meddisp008',
    status: 'completed',
    authorizingPrescription: [{ reference: 'MedicationRequest/medrx0330' }],
  },
  { resourceType: 'Condition', id: 'other', subject: { reference: 'Patient/other' } },
  {
    resourceType: 'List',
    id: 'example-long',
    status: 'current',
    mode: 'working',
    entry: ['a', 'b', 'c', 'd', 'e', '1', '2', '3', '4', '5', 'f'].map((id) => ({
      item: { reference: `Patient/${id}` },
    })),
  },
];
