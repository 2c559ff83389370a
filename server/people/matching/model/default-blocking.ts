import type { BlockingRule, KeyPart } from './types.ts';

/**
 * Nine rules after NHS England's linkage pipeline (NHSE_probabilistic_linkage, 2025), then exchanged names, telephone,
 * e-mail, other numbers and a name with the year of birth. Rules for batches are wide; a batch splits their big blocks.
 */
export const blocking: readonly BlockingRule[] = [
  { name: 'nhs-number', parts: [{ field: 'nhsNumber' }] },
  { name: 'birth-sex-outcode', parts: [{ field: 'birthDate' }, { field: 'sex' }, { field: 'outcode' }] },
  { name: 'sex-sound-birth', parts: [{ field: 'sex' }, { field: 'familySound' }, { field: 'birthDate' }] },
  {
    name: 'sex-family-year-day',
    parts: [{ field: 'sex' }, { field: 'family' }, { field: 'birthYear' }, { field: 'birthDay' }],
  },
  { name: 'postcode-given', parts: [{ field: 'postcodes' }, { field: 'given', letters: 1 }] },
  { name: 'given-birth', parts: [{ field: 'givenRoot' }, { field: 'birthDate' }] },
  { name: 'given-outcode', parts: [{ field: 'givenRoot' }, { field: 'outcode' }, { field: 'birthYear' }] },
  { name: 'family-birth', parts: [{ field: 'family' }, { field: 'birthDate' }] },
  {
    name: 'family-outcode',
    parts: [{ field: 'family' }, { field: 'outcode' }, { field: 'givenRoot', letters: 1 }],
  },
  { name: 'names-exchanged', parts: [{ sorted: ['given', 'family'] }, { field: 'birthYear' }] },
  { name: 'phone', parts: [{ field: 'phones' }] },
  { name: 'email', parts: [{ field: 'email' }] },
  { name: 'other-number', parts: [{ field: 'otherNumber' }] },
  wide('names', [{ sorted: ['given', 'family'] }]),
  wide('name-year', [{ field: 'names' }, { field: 'birthYear' }]),
  wide('name-postcode', [{ field: 'names' }, { field: 'postcode' }]),
  wide('name-place', [{ field: 'names' }, { field: 'place' }]),
  wide('name-occupation', [{ field: 'names' }, { field: 'occupation' }]),
  wide('name-street', [{ field: 'names' }, { field: 'street' }]),
  wide('postcode', [{ field: 'postcodes' }]),
  wide('birth-date', [{ field: 'birthDate' }]),
  wide('house-street', [{ field: 'house' }, { field: 'street' }]),
  wide('email-user', [{ field: 'emailUser' }]),
  wide('year-month-sound', [{ field: 'birthYear' }, { field: 'birthMonth' }, { field: 'familySound' }]),
  wide('month-day-given', [{ field: 'birthMonth' }, { field: 'birthDay' }, { field: 'given', letters: 2 }]),
  wide('month-day-family', [{ field: 'birthMonth' }, { field: 'birthDay' }, { field: 'family', letters: 2 }]),
  wide('rare-name', [{ field: 'names' }]),
];

function wide(name: string, parts: readonly KeyPart[]): BlockingRule {
  return { name, parts, batchOnly: true };
}
