import { plainTime, type Minute } from '../../calendar.ts';
import type { Reason } from '../../health/reasons.ts';
import type { Random } from '../../random.ts';
import type { Dialect } from './dialects.ts';
import { components, segment, text } from './segments.ts';

/** The segments after PID and PV1 of messages that are not ADT. */

type Test = {
  local: string;
  snomed: string;
  name: string;
  unit: string;
  mean: number;
  spread: number;
  low: number;
  high: number;
  places: number;
};

const test = (
  local: string,
  snomed: string,
  name: string,
  unit: string,
  mean: number,
  spread: number,
  low: number,
  high: number,
  places: number,
): Test => ({ local, snomed, name, unit, mean, spread, low, high, places });

/** Laboratory profiles with the trust's own codes beside SNOMED CT. */
const profiles: readonly { code: string; name: string; tests: readonly Test[] }[] = [
  {
    code: 'UE',
    name: 'Urea and electrolytes',
    tests: [
      test('NA', '1000661000000107', 'Sodium', 'mmol/L', 139, 3, 133, 146, 0),
      test('K', '1000651000000109', 'Potassium', 'mmol/L', 4.3, 0.4, 3.5, 5.3, 1),
      test('CREA', '1000731000000107', 'Creatinine', 'umol/L', 82, 24, 49, 104, 0),
    ],
  },
  {
    code: 'FBC',
    name: 'Full blood count',
    tests: [
      test('HB', '1022431000000105', 'Haemoglobin', 'g/L', 136, 14, 115, 165, 0),
      test('WBC', '1022541000000102', 'White cell count', '10*9/L', 7.2, 2.1, 4, 11, 1),
      test('PLT', '1022651000000100', 'Platelets', '10*9/L', 255, 60, 150, 400, 0),
    ],
  },
  {
    code: 'CRP',
    name: 'C-reactive protein',
    tests: [test('CRP', '1001371000000100', 'C-reactive protein', 'mg/L', 14, 12, 0, 5, 0)],
  },
  {
    code: 'HBA1C',
    name: 'HbA1c',
    tests: [test('HBA1C', '999791000000106', 'HbA1c (IFCC)', 'mmol/mol', 44, 11, 20, 42, 0)],
  },
  {
    code: 'LFT',
    name: 'Liver function',
    tests: [
      test('ALT', '1013211000000103', 'ALT', 'U/L', 26, 11, 10, 49, 0),
      test('ALB', '1000821000000103', 'Albumin', 'g/L', 42, 4, 35, 50, 0),
    ],
  },
];

/** One laboratory report: OBR and its OBX. `order` is the number of the specimen. */
export function report(dialect: Dialect, random: Random, at: Minute, order: string): string[] {
  const profile = random.pick(profiles);
  const taken = plainTime(at - random.between(30, 240));
  const lines = [
    segment(
      dialect,
      'OBR',
      '1',
      '',
      components(dialect, order, dialect.application),
      components(dialect, profile.code, profile.name, 'L'),
      '',
      '',
      taken,
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      plainTime(at),
      '',
      '',
      'F',
    ),
  ];
  profile.tests.forEach((each, i) => {
    const value = Math.max(0, each.mean + each.spread * random.normal());
    const isHigh = value > each.high;
    const isLow = value < each.low;
    const code = components(dialect, each.local, each.name, 'L', each.snomed, each.name, 'SCT');
    lines.push(
      segment(
        dialect,
        'OBX',
        String(i + 1),
        'NM',
        code,
        '',
        value.toFixed(each.places),
        each.unit,
        `${each.low}-${each.high}`,
        isHigh ? 'H' : isLow ? 'L' : '',
        '',
        '',
        'F',
        '',
        '',
        plainTime(at),
      ),
    );
  });
  return lines;
}

export type Slot = { id: string; at: Minute; minutes: number; reason: Reason; status: string };

/** SCH with its resources. */
export function appointment(dialect: Dialect, slot: Slot): string[] {
  const { id, at, minutes, reason, status } = slot;
  const timing = components(dialect, '', '', String(minutes), plainTime(at), plainTime(at + minutes));
  return [
    segment(
      dialect,
      'SCH',
      components(dialect, id, dialect.application),
      components(dialect, id, dialect.application),
      '',
      '',
      '',
      components(dialect, reason.icd10, text(dialect, reason.label), 'I10'),
      '',
      components(dialect, 'FU', 'Outpatient'),
      String(minutes),
      'min',
      timing,
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      status,
    ),
  ];
}

export const resources = (dialect: Dialect, { reason, at, minutes }: Slot): string[] => [
  segment(dialect, 'RGS', '1', 'A'),
  segment(
    dialect,
    'AIS',
    '1',
    'A',
    components(dialect, reason.specialty, reason.specialtyName, 'TFC'),
    plainTime(at),
    '',
    '',
    String(minutes),
    'min',
  ),
];

export type Letter = {
  id: string;
  at: Minute;
  kind: 'DS' | 'CN';
  title: string;
  body: string;
  author: readonly [string, string, string];
};

/** TXA and the text of a letter or discharge summary. */
export function letter(dialect: Dialect, { id, at, kind, title, body, author }: Letter): string[] {
  const [code, family, given] = author;
  const by = components(dialect, code, family, given, '', '', 'Dr', '', '', 'GMC');
  return [
    segment(
      dialect,
      'TXA',
      '1',
      kind,
      'TX',
      plainTime(at),
      by,
      plainTime(at),
      '',
      '',
      by,
      '',
      '',
      components(dialect, id, dialect.application),
      '',
      '',
      '',
      text(dialect, title),
      'AU',
      '',
      'AV',
    ),
    segment(
      dialect,
      'OBX',
      '1',
      'TX',
      components(dialect, kind, text(dialect, title), 'L'),
      '',
      text(dialect, body),
      '',
      '',
      '',
      '',
      '',
      'F',
    ),
  ];
}

/** RF1, the referring practice and why. */
export const referral = (
  dialect: Dialect,
  id: string,
  at: Minute,
  reason: Reason,
  practice: { odsCode: string; name: string },
): string[] => [
  segment(
    dialect,
    'RF1',
    components(dialect, 'A', 'Accepted'),
    components(dialect, 'R', 'Routine'),
    components(dialect, reason.specialty, reason.specialtyName, 'TFC'),
    '',
    '',
    components(dialect, id, dialect.application),
    plainTime(at),
    '',
    '',
    components(dialect, reason.icd10, text(dialect, reason.label), 'I10'),
  ),
  segment(
    dialect,
    'PRD',
    components(dialect, 'RP', 'Referring provider'),
    '',
    '',
    components(dialect, text(dialect, practice.name)),
    '',
    '',
    components(dialect, practice.odsCode, 'ODS'),
  ),
];
