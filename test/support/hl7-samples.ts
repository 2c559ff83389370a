/** Small made-up messages for tests. */

export type Sample = {
  event?: string;
  id?: string;
  at?: string;
  facility?: string;
  pid?: string;
  more?: string[];
};

export const anna =
  'PID|1||P1^^^RX1^MR~9990000018^^^NHS^NH||ASHDOWN^Anna||19610615|F|||1 Marram Road^^Sandhythe^^ZZ1 1AA||07700900001';

/** An ADT message; each part may be replaced. */
export function adt({
  event = 'A01',
  id = 'C1',
  at = '20260105101500',
  facility = 'RX1',
  pid = anna,
  more = [],
}: Sample = {}): Buffer {
  const lines = [
    `MSH|^~\\&|PAS|${facility}|OPENICS|QWO|${at}||ADT^${event}|${id}|P|2.4`,
    `EVN|${event}|${at}`,
    pid,
    ...more,
  ];
  return Buffer.from(`${lines.join('\r')}\r`);
}

/** A PV1 of a stay in a ward. */
export function stay(
  number: string,
  ward: string,
  more: { admitted?: string; discharged?: string; kind?: string } = {},
): string {
  const fields: string[] = Array.from({ length: 46 }, () => '');
  Object.assign(fields, { 0: 'PV1', 1: '1', 2: more.kind ?? 'I', 3: `${ward}^^BED1^RX1`, 19: number });
  Object.assign(fields, { 44: more.admitted ?? '', 45: more.discharged ?? '' });
  return fields.join('|');
}
