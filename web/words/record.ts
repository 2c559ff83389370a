/** What to call the things of a record: kinds, states, facts and their values. */
import type { Flagged, Kind, Standing } from '../api/record.ts';
import { dateWords } from './dates.ts';

export const kindWords: Record<Kind, string> = {
  flag: 'Alert',
  problem: 'Problem',
  medicine: 'Medicine',
  allergy: 'Allergy',
  'no-allergy': 'Allergy check',
  immunisation: 'Vaccination',
  result: 'Result',
  report: 'Report',
  encounter: 'Contact',
  procedure: 'Procedure',
  document: 'Document',
  plan: 'Plan',
  other: 'Other',
};

export const standingWords: Record<Standing, string> = {
  current: 'Current',
  past: 'Past',
  unclear: 'State not given',
  'not-done': 'Did not happen',
  'set-aside': 'Taken back',
};

export type Mark = { words: string; sign: string; colour?: 'red' | 'orange' | 'blue' | 'grey' };

/** A word, a shape and a colour each: never colour alone. Normal results carry no mark. */
export const flagMarks: Record<Exclude<Flagged, 'normal'>, Mark> = {
  'very-high': { words: 'Very high', sign: '▲▲', colour: 'red' },
  high: { words: 'High', sign: '▲', colour: 'orange' },
  low: { words: 'Low', sign: '▼', colour: 'blue' },
  'very-low': { words: 'Very low', sign: '▼▼', colour: 'red' },
  abnormal: { words: 'Abnormal', sign: '◆', colour: 'orange' },
};

const factNames: Record<string, string> = {
  about: 'About',
  absentReason: 'Why there is no value',
  achieved: 'Achieved',
  act: 'What was done',
  activity: 'Activities',
  batch: 'Batch',
  beganAtAge: 'Age when it began',
  beganNote: 'When it began',
  beganOn: 'Began',
  bodySite: 'Part of the body',
  category: 'Category',
  certainty: 'Certainty',
  coversAll: 'Covers all allergies',
  criticality: 'Risk',
  daysSupply: 'Supply for',
  doneAbout: 'When',
  doseNumber: 'Dose number',
  dueOn: 'Due',
  endedNote: 'When it ended',
  endedOn: 'Ended',
  expiresOn: 'Expires',
  givenAbout: 'When',
  holds: 'Holds',
  laboratorySays: 'The laboratory says',
  lastReactionOn: 'Last reaction',
  saidBy: 'Said by',
  secrecy: 'Confidentiality',
  sort: 'Sort',
  statusReason: 'Reason for the status',
  usualRange: 'Usual range',
  wording: 'Also worded',
};

/** The name of a fact: `statusReason` becomes "Reason for the status". */
export function factName(name: string): string {
  return (
    factNames[name] ??
    name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)
  );
}

/** HL7 codes for where a contact happens. Source: http://terminology.hl7.org/CodeSystem/v3-ActCode */
const settings: Record<string, string> = {
  AMB: 'Outpatient or surgery visit',
  EMER: 'Emergency',
  FLD: 'In the field',
  HH: 'At home',
  IMP: 'Inpatient',
  ACUTE: 'Inpatient, acute',
  NONAC: 'Inpatient, not acute',
  OBSENC: 'Observation',
  PRENC: 'Before admission',
  SS: 'Short stay',
  VR: 'By phone or video',
  ambulatory: 'Outpatient or surgery visit',
  emergency: 'Emergency',
  inpatient: 'Inpatient',
  outpatient: 'Outpatient visit',
  urgentcare: 'Urgent care',
  wellness: 'Health check',
};

const values: Record<string, Record<string, string>> = {
  setting: settings,
  criticality: { high: 'High risk', low: 'Low risk', 'unable-to-assess': 'Risk not assessed' },
  act: { prescribed: 'Prescribed', taking: 'Said to be taking', supplied: 'Supplied', given: 'Given' },
  coversAll: { true: 'Yes', false: 'No, one sort only' },
  sort: { 'care-plan': 'Care plan', goal: 'Goal', 'care-team': 'Care team' },
};

/** The value of a fact in words: codes are worded, dates are written out. */
export function factValue(name: string, value: string): string {
  if (name.endsWith('On')) return dateWords(value);
  const known = values[name]?.[value];
  if (known !== undefined) return known;
  return /^[a-z]+(-[a-z]+)*$/.test(value) ? sentence(value.replaceAll('-', ' ')) : value;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** FHIR's categories of observations. Source: http://terminology.hl7.org/CodeSystem/observation-category */
const categories: Record<string, string> = {
  'vital-signs': 'Vital signs',
  laboratory: 'Laboratory',
  'social-history': 'Life and habits',
  survey: 'Questions and scores',
  exam: 'Examinations',
  imaging: 'Imaging',
  procedure: 'Procedures',
  therapy: 'Therapy',
  activity: 'Activity',
};

export function categoryWords(category: string | undefined): string {
  if (category === undefined) return 'Other results';
  return categories[category] ?? factValue('category', category);
}

/** `MedicationRequest` becomes "Medication request". */
export function typeWords(type: string): string {
  return type.replaceAll(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
