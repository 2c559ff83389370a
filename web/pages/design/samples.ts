/** Made-up things to show the parts of pages with. Nobody in them is real. */
import type { Alert, Banner, Entry, Group, Series } from '../../api/record.ts';

export const personId = '00000000-0000-4000-8000-000000000000';

const hospital = { type: 'Condition', id: 'sample-1', source: 'Northside Hospital', recorded: '2024-05-03' };
const practice = { type: 'Condition', id: 'sample-2', source: 'Mill Lane Surgery' };

export const banner: Banner = {
  name: 'Ada Example',
  otherNames: [],
  born: '1950-03-01',
  dead: false,
  sex: 'female',
  nhsNumbers: ['9990000018'],
  address: '1 Example Street, LS1 1AA',
  test: true,
  differences: [
    {
      field: 'address',
      values: [
        { value: '1 Example Street', sources: ['Northside Hospital'] },
        { value: '2 Example Street', sources: ['Mill Lane Surgery'] },
      ],
    },
  ],
  sources: ['Northside Hospital', 'Mill Lane Surgery'],
  restricted: false,
};

export const protectedBanner: Banner = {
  ...banner,
  name: 'Bert Example',
  dead: true,
  died: '2021-02-03',
  test: false,
  differences: [],
  restricted: true,
};

const asthma: Entry = {
  kind: 'problem',
  title: 'Asthma',
  when: '2001-05-04',
  standing: 'current',
  facts: { severity: 'moderate' },
  differing: {
    status: [
      { value: 'active', by: [0] },
      { value: 'resolved', by: [1] },
    ],
  },
  disputed: ['status'],
  said: [hospital, practice],
};

const notDone: Entry = {
  kind: 'immunisation',
  title: 'Seasonal flu vaccination',
  when: '2025-10-09',
  standing: 'not-done',
  facts: { reason: 'Declined' },
  said: [practice],
};

export const entries: Entry[] = [asthma, notDone];

export const alerts: Alert[] = [
  { reason: 'serious-allergy', title: 'Penicillin', entry: { ...asthma, disputed: [], said: [practice] } },
  { reason: 'safeguarding', title: 'Ask the safeguarding lead before a home visit' },
];

export const groups: { total: number; items: Group[] } = {
  total: 1,
  items: [{ title: 'Asthma', standing: 'current', entries: { total: 2, items: [asthma, asthma] } }],
};

const result = (when: string, value: number, flag?: 'high' | 'very-high' | 'low'): Entry => ({
  kind: 'result',
  title: 'HbA1c',
  when,
  standing: 'current',
  facts: {},
  measure: { text: `${value} mmol/mol`, value, unit: 'mmol/mol', ...(flag === undefined ? {} : { flag }) },
  said: [practice],
});

export const results: Series = {
  code: 'sample-hba1c',
  title: 'HbA1c',
  unit: 'mmol/mol',
  entries: {
    total: 3,
    items: [result('2025-06-03', 61, 'high'), result('2024-06-04', 55, 'high'), result('2023-06-05', 47)],
  },
};

export const marked: Entry[] = [
  result('2025-06-03', 90, 'very-high'),
  result('2025-06-03', 61, 'high'),
  result('2025-06-03', 3, 'low'),
];
