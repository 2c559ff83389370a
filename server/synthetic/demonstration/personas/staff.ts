import type { Persona } from '../../../access/sign-in/index.ts';

const staff = (id: string, name: string, job: string, organisation: string, role: string): Persona => ({
  id,
  name,
  job,
  kind: 'staff',
  roles: [{ id: `${id}-1`, organisation, role }],
});

/**
 * One made-up member of staff for every kind of work, at the partners every made-up system has. Organisations stand by the ids of
 * `place/partners.ts`, roles by the codes of the policy.
 */
export const staffPersonas: readonly Persona[] = [
  staff('gp', 'Asha Marlowe', 'GP', 'gp-001', 'R0260'),
  staff('practice-nurse', 'Tom Fenwick', 'Practice nurse', 'gp-001', 'R8001'),
  staff('receptionist', 'June Oyelaran', 'Receptionist in a GP practice', 'gp-001', 'R8009'),
  staff('ward-nurse', 'Mairi Sands', 'Ward nurse', 'acute-1', 'R0620'),
  staff('consultant', 'Daniel Osei', 'Consultant', 'acute-1', 'R0050'),
  staff('mental-health-nurse', 'Priti Vale', 'Community mental health nurse', 'mental-health-1', 'R8001'),
  staff('social-worker', 'Grace Holm', 'Adult social worker', 'council-01', 'R8014'),
  staff('drug-worker', 'Luke Brandt', 'Drug and alcohol worker', 'drug-and-alcohol-01', 'L-DRUG-WORKER'),
  staff('school', 'Hannah Reef', 'Pastoral lead in a school', 'school-001', 'L-SCHOOL-STAFF'),
  staff('housing', 'Ivan Pell', 'Housing officer', 'housing-01', 'L-HOUSING-OFFICER'),
  staff('voluntary', 'Ola Winter', 'Befriending worker', 'voluntary-befriending-01', 'L-VOLUNTARY-WORKER'),
  {
    ...staff('two-jobs', 'Sam Tideway', 'GP who also works in a hospital', 'gp-001', 'R0260'),
    roles: [
      { id: 'two-jobs-1', organisation: 'gp-001', role: 'R0260' },
      { id: 'two-jobs-2', organisation: 'acute-1', role: 'R0090' },
    ],
  },
  staff('records', 'Nia Culver', 'Health records manager', 'acute-1', 'R8013'),
  staff('privacy-officer', 'Ruth Amari', 'Privacy officer', 'icb', 'R0001'),
  staff('caldicott-guardian', 'Edwin Park', 'Caldicott Guardian', 'acute-1', 'R5105'),
  staff('analyst', 'Mina Gale', 'Commissioning analyst', 'icb', 'R1840'),
  staff('board-member', 'Colin Strand', 'Board member, who sees no records', 'icb', 'L-BOARD-MEMBER'),
  staff('system-administrator', 'Kofi Lund', 'System administrator', 'icb', 'R5007'),
];
