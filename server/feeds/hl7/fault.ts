/** Where something is in a message, counted from 1; what is not known is left out. */
export type Hl7Place = {
  segment: string;
  /** Which segment of that name. */
  sequence?: number;
  field?: number;
  repetition?: number;
  component?: number;
};

/** AE: the message was understood and cannot be stored. AR: it is no message we take. Source: HL7 v2.4, 2.13.8. */
export type Refusal = { ack: 'AE' | 'AR'; code: string; place: Hl7Place; reason: string };

/** Something worth knowing that did not keep the message from being stored. */
export type Remark = { place: Hl7Place; text: string };

/** Message error condition codes. Source: HL7 v2.4, table 0357. */
export const errorCodes = {
  segmentSequence: '100',
  requiredField: '101',
  dataType: '102',
  notInTable: '103',
  messageType: '200',
  eventCode: '201',
  version: '203',
  unknownKey: '204',
  duplicateKey: '205',
  internal: '207',
} as const;

/** Leaves the reading of a message that is refused. It never holds what the message says. */
export class Hl7Fault extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`${refusal.reason} (${placeText(refusal.place)})`);
    this.name = 'Hl7Fault';
    this.refusal = refusal;
  }
}

/** `PID-3(2).1`, `PID[2]-3`, `MSH`: segment, which of its name, field, repetition, component. */
export function placeText({ segment, sequence, field, repetition, component }: Hl7Place): string {
  const which = sequence === undefined || sequence === 1 ? segment : `${segment}[${sequence}]`;
  if (field === undefined) return which;
  const repeat = repetition === undefined || repetition === 1 ? '' : `(${repetition})`;
  const part = component === undefined ? '' : `.${component}`;
  return `${which}-${field}${repeat}${part}`;
}
