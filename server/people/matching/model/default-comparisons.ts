import type { Comparison, Condition } from './types.ts';

const missing = (field: Extract<Condition, { op: 'missing' }>['field']): Condition => ({
  op: 'missing',
  field,
});
const none = (field: Parameters<typeof missing>[0]) =>
  ({ label: 'not known', when: missing(field), isNull: true }) as const;
const like = (field: 'given' | 'family' | 'place' | 'street' | 'email', atLeast: number): Condition => ({
  op: 'jaroWinkler',
  field,
  atLeast,
});

/** What is compared, and how often each level is met in one person's and in two people's records before any training. */
export const comparisons: readonly Comparison[] = [
  {
    name: 'nhs number',
    levels: [
      none('nhsNumber'),
      { label: 'same', when: { op: 'same', field: 'nhsNumber' }, m: 0.99, u: 1e-7 },
      { label: 'different', m: 0.01, u: 0.9999999 },
    ],
  },
  {
    name: 'other number',
    levels: [
      none('otherNumber'),
      { label: 'same', when: { op: 'same', field: 'otherNumber' }, m: 0.9, u: 1e-6 },
      {
        label: 'one edit',
        when: { op: 'edits', field: 'otherNumber', atMost: 1, minLength: 6 },
        m: 0.05,
        u: 1e-5,
      },
      { label: 'different', m: 0.05, u: 0.99998 },
    ],
  },
  {
    name: 'given name',
    levels: [
      none('given'),
      {
        label: 'same',
        when: { op: 'same', field: 'given' },
        m: 0.85,
        u: 0.006,
        termFrequency: { field: 'givenRoot', share: 1, floor: 0.0002 },
      },
      {
        label: 'another form',
        when: { op: 'same', field: 'givenRoot' },
        m: 0.04,
        u: 0.004,
        termFrequency: { field: 'givenRoot', share: 1, floor: 0.0005 },
      },
      {
        label: 'almost the same',
        when: {
          op: 'any',
          of: [like('given', 0.92), { op: 'edits', field: 'given', atMost: 1, minLength: 4 }],
        },
        m: 0.05,
        u: 0.004,
      },
      { label: 'among the names', when: { op: 'among', field: 'given', list: 'names' }, m: 0.02, u: 0.004 },
      { label: 'initial', when: { op: 'initial', field: 'given' }, m: 0.015, u: 0.005 },
      { label: 'somewhat alike', when: like('given', 0.78), m: 0.01, u: 0.03 },
      { label: 'different', m: 0.015, u: 0.947 },
    ],
  },
  {
    name: 'middle name',
    levels: [
      none('middle'),
      { label: 'one in common', when: { op: 'share', field: 'middle' }, m: 0.8, u: 0.02 },
      { label: 'none in common', m: 0.2, u: 0.98 },
    ],
  },
  {
    name: 'family name',
    levels: [
      none('family'),
      {
        label: 'same',
        when: { op: 'same', field: 'family' },
        m: 0.88,
        u: 0.001,
        termFrequency: { field: 'family', share: 1, floor: 0.00002 },
      },
      {
        label: 'almost the same',
        when: {
          op: 'any',
          of: [like('family', 0.92), { op: 'edits', field: 'family', atMost: 1, minLength: 4 }],
        },
        m: 0.05,
        u: 0.002,
      },
      { label: 'among the names', when: { op: 'among', field: 'family', list: 'names' }, m: 0.02, u: 0.002 },
      { label: 'sounds the same', when: { op: 'same', field: 'familySound' }, m: 0.01, u: 0.005 },
      { label: 'somewhat alike', when: like('family', 0.78), m: 0.01, u: 0.03 },
      { label: 'different', m: 0.03, u: 0.96 },
    ],
  },
  {
    name: 'birth date',
    levels: [
      none('birthYear'),
      {
        label: 'same',
        when: { op: 'same', field: 'birthDate' },
        m: 0.94,
        u: 0.00004,
        termFrequency: { field: 'birthDate', share: 1, floor: 0.00001 },
      },
      {
        label: 'one edit, or day and month exchanged',
        when: {
          op: 'any',
          of: [
            { op: 'edits', field: 'birthDate', atMost: 1 },
            {
              op: 'all',
              of: [
                { op: 'same', field: 'birthYear' },
                { op: 'swapped', fields: ['birthMonth', 'birthDay'] },
              ],
            },
          ],
        },
        m: 0.035,
        u: 0.0012,
      },
      {
        label: 'two parts agree',
        when: {
          op: 'any',
          of: [
            { op: 'all', of: [same('birthYear'), same('birthMonth')] },
            { op: 'all', of: [same('birthYear'), same('birthDay')] },
            { op: 'all', of: [same('birthMonth'), same('birthDay')] },
          ],
        },
        m: 0.012,
        u: 0.004,
      },
      { label: 'year agrees', when: same('birthYear'), m: 0.006, u: 0.012 },
      {
        label: 'within two years',
        when: { op: 'yearsApart', field: 'birthYear', atMost: 2 },
        m: 0.003,
        u: 0.05,
      },
      { label: 'different', m: 0.004, u: 0.93276 },
    ],
  },
  {
    name: 'sex',
    levels: [
      none('sex'),
      { label: 'same', when: same('sex'), m: 0.99, u: 0.5 },
      { label: 'different', m: 0.01, u: 0.5 },
    ],
  },
  {
    name: 'home',
    levels: [
      { label: 'not known', when: { op: 'all', of: [missing('postcodes'), missing('place')] }, isNull: true },
      {
        label: 'same postcode',
        when: same('postcode'),
        m: 0.7,
        u: 0.00002,
        termFrequency: { field: 'postcode', share: 1, floor: 0.00001 },
      },
      { label: 'a past postcode', when: { op: 'share', field: 'postcodes' }, m: 0.05, u: 0.00002 },
      {
        label: 'almost the same postcode',
        when: { op: 'edits', field: 'postcode', atMost: 1, minLength: 4 },
        m: 0.04,
        u: 0.0002,
      },
      {
        label: 'same place',
        when: same('place'),
        m: 0.1,
        u: 0.05,
        termFrequency: { field: 'place', share: 1, floor: 0.001 },
      },
      { label: 'almost the same place', when: like('place', 0.9), m: 0.02, u: 0.01 },
      { label: 'same postcode area', when: same('outcode'), m: 0.05, u: 0.02 },
      { label: 'different', m: 0.14, u: 0.91976 },
    ],
  },
  {
    name: 'street',
    levels: [
      none('street'),
      {
        label: 'same house and street',
        when: { op: 'all', of: [same('street'), same('house')] },
        m: 0.7,
        u: 0.00005,
      },
      { label: 'same street', when: same('street'), m: 0.05, u: 0.001 },
      { label: 'almost the same street', when: like('street', 0.9), m: 0.1, u: 0.003 },
      { label: 'different', m: 0.15, u: 0.99595 },
    ],
  },
  {
    name: 'telephone',
    levels: [
      none('phones'),
      { label: 'one in common', when: { op: 'share', field: 'phones' }, m: 0.7, u: 0.000005 },
      { label: 'none in common', m: 0.3, u: 0.999995 },
    ],
  },
  {
    name: 'e-mail',
    levels: [
      none('email'),
      { label: 'same', when: same('email'), m: 0.7, u: 0.000003 },
      { label: 'same before the @', when: same('emailUser'), m: 0.05, u: 0.00005 },
      { label: 'almost the same', when: like('email', 0.92), m: 0.05, u: 0.0001 },
      { label: 'different', m: 0.2, u: 0.999847 },
    ],
  },
  {
    name: 'date of death',
    levels: [
      none('deathDate'),
      { label: 'same', when: same('deathDate'), m: 0.95, u: 0.0002 },
      { label: 'different', m: 0.05, u: 0.9998 },
    ],
  },
  {
    name: 'occupation',
    levels: [
      none('occupation'),
      {
        label: 'same',
        when: same('occupation'),
        m: 0.7,
        u: 0.05,
        termFrequency: { field: 'occupation', share: 0.5, floor: 0.001 },
      },
      { label: 'different', m: 0.3, u: 0.95 },
    ],
  },
];

function same(field: Extract<Condition, { op: 'same' }>['field']): Condition {
  return { op: 'same', field };
}
