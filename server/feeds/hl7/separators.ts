import { errorCodes, Hl7Fault } from './fault.ts';

/** The characters a message says it uses between its parts. An absent escape or subcomponent character is empty. */
export type Separators = {
  field: string;
  component: string;
  repetition: string;
  escape: string;
  subcomponent: string;
};

/** Reads MSH-1 and MSH-2, whatever the sender chose. `header` is the first segment. */
export function separatorsOf(header: string): Separators {
  const field = header[3] ?? '';
  if (field === '' || /[A-Za-z0-9\s\p{Cc}]/u.test(field)) {
    throw refused(1, 'MSH-1 holds no usable field separator.');
  }
  const end = header.indexOf(field, 4);
  const characters = header.slice(4, end < 0 ? undefined : end);
  if (characters.length === 0) throw refused(2, 'MSH-2 holds no encoding characters.');
  const all = field + characters.slice(0, 4);
  if (new Set(all).size !== all.length) throw refused(2, 'MSH-2 uses one character for two purposes.');
  return {
    field,
    component: characters[0]!,
    repetition: characters[1] ?? '',
    escape: characters[2] ?? '',
    subcomponent: characters[3] ?? '',
  };
}

const refused = (field: number, reason: string): Hl7Fault =>
  new Hl7Fault({ ack: 'AR', code: errorCodes.dataType, place: { segment: 'MSH', field }, reason });
