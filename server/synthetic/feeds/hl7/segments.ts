import { plainDay, plainTime, type Day, type Minute } from '../../calendar.ts';
import type { Said } from '../../errors/source-record.ts';
import { controlIdMark } from '../../output/finish.ts';
import type { Dialect } from './dialects.ts';

/** Segments of HL7 v2.4 (chapters 2, 3, 7, 9, 10, 11), as text in a trust's dialect. */

/** Joins fields; those missing at the end are left out, as most systems do. */
export function segment(dialect: Dialect, ...fields: string[]): string {
  let last = fields.length;
  while (last > 1 && fields[last - 1] === '') last--;
  return fields.slice(0, last).join(dialect.field);
}

export function components(dialect: Dialect, ...parts: string[]): string {
  let last = parts.length;
  while (last > 0 && parts[last - 1] === '') last--;
  return parts.slice(0, last).join(dialect.component);
}

/** Text with the signs of the dialect escaped; a line end becomes `.br`. */
export function text(dialect: Dialect, plain: string): string {
  const { field, component, repeat, escape, subcomponent } = dialect;
  let out = '';
  for (const sign of plain) {
    if (sign === field) out += `${escape}F${escape}`;
    else if (sign === component) out += `${escape}S${escape}`;
    else if (sign === repeat) out += `${escape}R${escape}`;
    else if (sign === escape) out += `${escape}E${escape}`;
    else if (sign === subcomponent) out += `${escape}T${escape}`;
    else if (sign === '\n') out += `${escape}.br${escape}`;
    else out += sign;
  }
  return out;
}

/** MSH-11 is T (training): nobody in the message is real. */
export function header(dialect: Dialect, type: string, trigger: string, sent: Minute): string {
  const { field, component, repeat, escape, subcomponent, application, facility, charset } = dialect;
  return segment(
    dialect,
    `MSH${field}${component}${repeat}${escape}${subcomponent}`,
    application,
    facility,
    'OPENICS',
    'ZZQ',
    plainTime(sent),
    '',
    `${type}${component}${trigger}`,
    controlIdMark,
    'T',
    '2.4',
    '',
    '',
    'AL',
    'NE',
    'GBR',
    charset,
  );
}

export const event = (dialect: Dialect, trigger: string, recorded: Minute, occurred: Minute): string =>
  segment(dialect, 'EVN', trigger, plainTime(recorded), '', '', '', plainTime(occurred));

export type Death = { died: Day | undefined };

export function identifiers(dialect: Dialect, localNumber: string, nhsNumber: string): string {
  const own = components(dialect, localNumber, '', '', dialect.facility, 'MR');
  if (nhsNumber === '') return own;
  return own + dialect.repeat + components(dialect, nhsNumber, '', '', 'NHS', dialect.numberType);
}

/** PID and PD1 of a record. PID-32 says whether the number was traced; PD1-12 is Y for people whose address is protected. */
export function patient(
  dialect: Dialect,
  said: Said,
  localNumber: string,
  practice: { odsCode: string; name: string },
  { died }: Death,
): string {
  const names = [
    components(
      dialect,
      text(dialect, said.family),
      text(dialect, said.given),
      text(dialect, said.middle),
      '',
      said.title,
      '',
      'L',
    ),
  ];
  if (said.formerFamily !== '' && said.formerFamily !== said.family)
    names.push(
      components(dialect, text(dialect, said.formerFamily), text(dialect, said.given), '', '', '', '', 'M'),
    );
  if (said.known !== '' && said.known !== said.given)
    names.push(
      components(dialect, text(dialect, said.family), text(dialect, said.known), '', '', '', '', 'A'),
    );
  const address = said.isRestricted
    ? ''
    : components(dialect, text(dialect, said.line), '', text(dialect, said.town), '', said.postcode, '', 'H');
  const phones = said.isRestricted
    ? ''
    : [
        said.phone === '' ? '' : components(dialect, said.phone, 'PRN', 'PH'),
        said.mobile === '' ? '' : components(dialect, said.mobile, 'PRN', 'CP'),
        said.email === '' ? '' : components(dialect, '', 'NET', 'Internet', said.email),
      ]
        .filter((each) => each !== '')
        .join(dialect.repeat);
  const fields = Array.from({ length: 33 }, () => '');
  fields[0] = 'PID';
  fields[1] = '1';
  fields[3] = identifiers(dialect, localNumber, said.nhsNumber);
  fields[5] = names.join(dialect.repeat);
  fields[7] = said.born.replaceAll('-', '');
  fields[8] = said.sex;
  fields[11] = address;
  fields[13] = phones;
  fields[22] = said.ethnicCode;
  if (died !== undefined) {
    fields[29] = plainDay(died);
    fields[30] = 'Y';
  }
  fields[32] = said.nhsNumber === '' ? '07' : '01';
  const practiceName = components(dialect, text(dialect, practice.name), '', practice.odsCode);
  const pd1 = segment(
    dialect,
    'PD1',
    '',
    '',
    practiceName,
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    said.isRestricted ? 'Y' : '',
  );
  return `${segment(dialect, ...fields)}\r${pd1}`;
}

export type Visit = {
  /** I inpatient, E emergency, O outpatient, P before admission. */
  patientClass: 'I' | 'E' | 'O' | 'P';
  ward: string;
  bed: string;
  consultant: readonly [code: string, family: string, given: string];
  specialty: string;
  /** PV1-19. */
  number: string;
  admitted: Minute;
  discharged: Minute | undefined;
};

export function visit(dialect: Dialect, { patientClass, ward, bed, consultant, ...more }: Visit): string {
  const [code, family, given] = consultant;
  const fields = Array.from({ length: 46 }, () => '');
  fields[0] = 'PV1';
  fields[1] = '1';
  fields[2] = patientClass;
  fields[3] = components(dialect, ward, '', bed, dialect.facility);
  fields[4] = patientClass === 'E' ? '21' : patientClass === 'O' ? '' : '11';
  fields[7] = components(dialect, code, family, given, '', '', 'Dr', '', '', 'GMC');
  fields[10] = more.specialty;
  fields[19] = components(dialect, more.number, '', '', dialect.facility, 'VN');
  fields[44] = plainTime(more.admitted);
  fields[45] = more.discharged === undefined ? '' : plainTime(more.discharged);
  return segment(dialect, ...fields);
}

export const diagnosis = (dialect: Dialect, icd10: string, label: string, at: Minute): string =>
  segment(
    dialect,
    'DG1',
    '1',
    '',
    components(dialect, icd10, text(dialect, label), 'I10'),
    '',
    plainTime(at),
    'F',
  );
