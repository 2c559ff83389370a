/** What somebody looks at records for, in words. The codes are those of PurposeOfUse in HL7 v3 ActReason. */

export type PurposeWords = { code: string; words: string; hint: string };

/** Those that staff choose from. The rules say which of them a role may use. */
export const staffPurposes: readonly PurposeWords[] = [
  { code: 'TREAT', words: 'to care for somebody', hint: 'Assessing, treating or supporting a person' },
  {
    code: 'PATADMIN',
    words: 'to arrange care',
    hint: 'Appointments, letters, referrals and keeping records right',
  },
  {
    code: 'THREAT',
    words: 'to protect somebody at risk',
    hint: 'A safeguarding enquiry about a child or an adult',
  },
  { code: 'HDECD', words: 'after a death', hint: 'Medical examiner and coroner' },
  {
    code: 'HCOMPL',
    words: 'to check how information is used',
    hint: 'Privacy officers and Caldicott Guardians',
  },
  { code: 'HQUALIMP', words: 'to improve a service', hint: 'Clinical audit and quality improvement' },
  { code: 'POPHLTH', words: 'to plan for many people', hint: 'Population health' },
  { code: 'HPAYMT', words: 'to plan and check money', hint: 'Contracts and payment' },
  { code: 'HRESCH', words: 'for research', hint: 'An approved project' },
];

/** Those that nobody chooses: they follow from what is done, or from who asks. */
const otherPurposes: Readonly<Record<string, string>> = {
  ETREAT: 'to care for somebody in an emergency',
  BTG: 'in an emergency, by breaking the glass',
  PATRQT: 'to see their own record',
  FAMRQT: 'to see the record of somebody in their family',
  PWATRNY: 'to see the record of somebody they act for',
  COC: 'to join up care',
  CAREMGT: 'to manage somebody’s care',
  HOPERAT: 'to run a service',
  PERFMSR: 'to measure a service',
  PUBHLTH: 'to protect the health of all',
  HSYSADMIN: 'to keep the system running',
};

/** A purpose in words; its code where there are none. */
export const purposeWords = (code: string): string =>
  staffPurposes.find((each) => each.code === code)?.words ?? otherPurposes[code] ?? code;

/** Several purposes in one line. */
export const purposesWords = (codes: readonly string[]): string => codes.map(purposeWords).join('; ');
