import { decode, parseMessage, type Hl7Message } from '../hl7/index.ts';

/** A message as a page shows it: segment by segment, field by field. */
export type SegmentView = { name: string; sequence: number; fields: { number: number; text: string }[] };

/** The text of a message with one segment a line. `isMended`: a person wrote it here. */
export function textOf(bytes: Buffer, isMended: boolean): string {
  try {
    return decode(bytes, isMended)
      .text.replaceAll(/\r\n|\r/g, '\n')
      .trim();
  } catch {
    return bytes
      .toString('latin1')
      .replaceAll(/\r\n|\r/g, '\n')
      .trim();
  }
}

/** The segments of a message with the fields that hold something; undefined when it cannot be taken apart. */
export function segmentsOf(bytes: Buffer, isMended: boolean): SegmentView[] | undefined {
  let message: Hl7Message;
  try {
    message = parseMessage(bytes, isMended);
  } catch {
    return undefined;
  }
  return message.segments.map((segment) => ({
    name: segment.name,
    sequence: segment.sequence,
    fields: Array.from({ length: segment.length }, (_, index) => ({
      number: index + 1,
      text: segment.raw(index + 1),
    })).filter(({ text }) => text !== ''),
  }));
}
