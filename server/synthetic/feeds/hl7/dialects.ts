import type { FileStyle } from '../../output/layout.ts';

/** How a trust's system writes HL7 v2.4. No two do it in the same way. */
export type Dialect = {
  application: string;
  facility: string;
  field: string;
  component: string;
  repeat: string;
  escape: string;
  subcomponent: string;
  segmentEnd: '\r' | '\n';
  /** MSH-18; empty means ASCII by the standard, though UTF-8 is what comes. */
  charset: string;
  encoding: FileStyle['encoding'];
  /** Adds a segment of its own to ADT messages. */
  zSegment: boolean;
  /** An emergency that stays is one visit that changes (A06), not two (A03, A01). */
  changesClass: boolean;
  /** The name type of the NHS number in PID-3.5. */
  numberType: 'NH' | 'HN' | 'NHS';
  /** Gives the local number this many digits, after a letter or nothing. */
  localNumber: { prefix: string; multiplier: number };
};

const usual = { field: '|', component: '^', repeat: '~', escape: '\\', subcomponent: '&' };

/** By the id of the partner. */
export const dialects: Readonly<Record<string, Dialect>> = {
  'acute-1': {
    ...usual,
    application: 'CAREFLOW',
    facility: 'ZZA',
    segmentEnd: '\r',
    charset: 'UNICODE UTF-8',
    encoding: 'utf-8',
    zSegment: true,
    changesClass: false,
    numberType: 'NH',
    localNumber: { prefix: '', multiplier: 7_368_787 },
  },
  'acute-2': {
    ...usual,
    application: 'PAS',
    facility: 'ZZB',
    segmentEnd: '\n',
    charset: '',
    encoding: 'utf-8',
    zSegment: false,
    changesClass: true,
    numberType: 'NHS',
    localNumber: { prefix: 'RB', multiplier: 3_141_593 },
  },
  'mental-health-1': {
    ...usual,
    application: 'MINDSYS',
    facility: 'ZZM',
    segmentEnd: '\r',
    charset: '8859/1',
    encoding: 'iso-8859-1',
    zSegment: false,
    changesClass: false,
    numberType: 'HN',
    localNumber: { prefix: 'M', multiplier: 2_718_281 },
  },
  'independent-1': {
    application: 'CLINIC1',
    facility: 'ZZI01',
    field: '#',
    component: '*',
    repeat: '!',
    escape: '?',
    subcomponent: '%',
    segmentEnd: '\r',
    charset: 'UNICODE UTF-8',
    encoding: 'utf-8',
    zSegment: false,
    changesClass: false,
    numberType: 'NH',
    localNumber: { prefix: 'SP', multiplier: 1_618_033 },
  },
};

export const styleOf = (dialect: Dialect): FileStyle => ({
  order: 'time',
  framing: 'mllp',
  lineEnd: '',
  segmentEnd: dialect.segmentEnd,
  encoding: dialect.encoding,
});

/** Numbers that look random and never meet: multiplication by a number that shares no factor with 10^8. */
export function localNumber({ localNumber: { prefix, multiplier } }: Dialect, place: number): string {
  const number = (BigInt(place) * BigInt(multiplier) + 48_271n) % 100_000_000n;
  return prefix + String(number).padStart(8, '0');
}
