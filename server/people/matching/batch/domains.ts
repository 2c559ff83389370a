import type { Field } from '../types.ts';

/** Fields whose values are compared with each other share one numbering. */
const domains = {
  given: 'name',
  givenRoot: 'name',
  family: 'name',
  names: 'name',
  middle: 'name',
  birthMonth: 'part',
  birthDay: 'part',
  postcode: 'postcode',
  postcodes: 'postcode',
} as const;

/** The numbering a field's values belong to; most fields have their own. */
export const domainOf = (field: Field): string => (domains as { [field: string]: string })[field] ?? field;
