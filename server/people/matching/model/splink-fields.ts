import { Problem } from '../../../platform/errors.ts';
import { knownNames, type ColumnMeaning } from '../files/columns.ts';
import { listFields, textFields, type Field, type ListField, type TextField } from '../types.ts';

/** Our field for each meaning of a column. */
const fieldOfMeaning: { readonly [meaning in ColumnMeaning]?: TextField } = {
  nhsNumber: 'nhsNumber',
  otherNumber: 'otherNumber',
  given: 'given',
  family: 'family',
  birthDate: 'birthDate',
  birthYear: 'birthYear',
  sex: 'sex',
  house: 'house',
  address: 'street',
  place: 'place',
  postcode: 'postcode',
  email: 'email',
  birthPlace: 'place',
  occupation: 'occupation',
  deathDate: 'deathDate',
};

/** The field a column of Splink's data stands for. */
export function fieldNamed(column: string, text: string): TextField {
  const own = textFields.find((field) => field === column);
  if (own !== undefined) return own;
  const bare = column.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  for (const [meaning, field] of Object.entries(fieldOfMeaning))
    if (knownNames[meaning as ColumnMeaning].includes(bare)) return field;
  throw new Problem('link/splink-column', 400, `The column "${column}" is not known: ${text}`, {
    wayOut: 'Name columns as in ./openics link --help',
  });
}

export function listNamed(column: string, text: string): ListField {
  const own = listFields.find((field) => field === column);
  if (own !== undefined) return own;
  throw new Problem('link/splink-column', 400, `The list "${column}" is not known: ${text}`, {
    wayOut: `Lists are ${listFields.join(', ')}`,
  });
}

export const anyField = (column: string, text: string): Field =>
  listFields.find((field) => field === column) ?? fieldNamed(column, text);
