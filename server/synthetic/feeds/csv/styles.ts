import { isoDay, ukDay, dayOf, type Day } from '../../calendar.ts';
import type { FileStyle } from '../../output/layout.ts';
import type { Partner } from '../../place/types.ts';
import { row } from './rows.ts';

/** The habits of a partner's spreadsheet. */
export type Sheet = {
  mapping: string;
  separator: string;
  columns: readonly string[];
  style: FileStyle;
  date(day: Day): string;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const shortDate = (day: Day): string => {
  const iso = isoDay(day);
  return `${iso.slice(8)}-${months[Number(iso.slice(5, 7)) - 1]!}-${iso.slice(0, 4)}`;
};

const sheetWith = (
  mapping: string,
  separator: string,
  encoding: FileStyle['encoding'],
  lineEnd: string,
  date: (day: Day) => string,
  columns: readonly string[],
): Sheet => ({
  mapping,
  separator,
  columns,
  date,
  style: { order: 'time', framing: 'lines', lineEnd, encoding, header: row(separator, columns) },
});

/** Column names are documented in docs/reference/feed-formats.md. */
export const sheets = {
  council: sheetWith('adult-social-care', ',', 'utf-8-bom', '\r\n', ukDay, [
    'LA Code',
    'Test Person',
    'LA Person ID',
    'NHS Number',
    'Given Name',
    'Family Name',
    'Date of Birth',
    'Gender',
    'Ethnicity',
    'Address',
    'Postcode',
    'Telephone',
    'Date of Death',
    'GP Practice Code',
    'Client Type',
    'Primary Support Reason',
    'Accommodation Status',
    'Event Type',
    'Event ID',
    'Event Start Date',
    'Event End Date',
    'Event Outcome',
    'Route of Access',
    'Assessment Type',
    'Service Type',
    'Service Component',
    'Delivery Mechanism',
    'Unit Cost',
    'Cost Frequency',
    'Review Reason',
  ]),
  'voluntary-befriending': sheetWith('voluntary-befriending', ',', 'utf-8-bom', '\r\n', shortDate, [
    'Client ref',
    'First name',
    'Surname',
    'Known as',
    'DOB',
    'Gender',
    'Address',
    'Postcode',
    'Phone',
    'Email',
    'Entry',
    'Date',
    'Referred by',
    'Activity',
    'Minutes',
    'Outcome',
    'Test person',
  ]),
  'voluntary-carers': sheetWith('voluntary-carers', ';', 'iso-8859-1', '\r\n', ukDay, [
    'Carer number',
    'Carer name',
    'Date of birth',
    'Sex',
    'Postcode',
    'Telephone',
    'Entry',
    'Date',
    'Cares for',
    'Hours a week',
    'Support',
    'Test person',
  ]),
  housing: sheetWith('housing', ',', 'iso-8859-1', '\r\n', ukDay, [
    'Tenancy ref',
    'Tenant ref',
    'Title',
    'Forename',
    'Surname',
    'DOB',
    'Sex',
    'Telephone',
    'Property address',
    'Property postcode',
    'Tenancy start',
    'As at',
    'Damp or mould reported',
    'Adaptation',
    'Weeks in arrears',
    'Test person',
  ]),
  school: sheetWith('school', ',', 'utf-8', '\n', isoDay, [
    'UPN',
    'Legal forename',
    'Legal surname',
    'Chosen forename',
    'Date of birth',
    'Sex',
    'Ethnicity',
    'Postcode',
    'Year group',
    'Census date',
    'SEN provision',
    'Free school meals',
    'Attendance percent',
    'Test person',
  ]),
  'drug-and-alcohol': sheetWith('drug-and-alcohol', '|', 'utf-8', '\n', isoDay, [
    'CLIENT_ID',
    'NHS_NUMBER',
    'FORENAME',
    'SURNAME',
    'DOB',
    'SEX',
    'ETHNICITY',
    'POSTCODE',
    'EPISODE_ID',
    'RECORD_TYPE',
    'RECORD_DATE',
    'PROBLEM_SUBSTANCE',
    'INTERVENTION',
    'OUTCOME',
    'TEST_PERSON',
  ]),
} as const;

/** A day of birth as written down, in the way of the sheet. */
export const birthOf = (sheet: Sheet, born: string): string => {
  const day = dayOf(born);
  return day === undefined ? born : sheet.date(day);
};

/** The sheet a partner sends. Its id says which. */
export function sheetOf(partner: Partner): Sheet {
  const name = Object.keys(sheets).find((key) => partner.id.startsWith(key)) as keyof typeof sheets;
  return sheets[name];
}
