import { escaped } from './escapes.ts';
import { placeText, type Hl7Place } from './fault.ts';
import type { Hl7Message } from './message.ts';
import type { Separators } from './separators.ts';

/** What the sender is told. */
export type Answer =
  { ack: 'AA'; note?: string } | { ack: 'AE' | 'AR'; code: string; place: Hl7Place; reason: string };

const usual: Separators = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };

/**
 * The acknowledgement of a message, in original mode: MSH and MSA, with ERR when it is refused. It follows from its arguments alone,
 * so that a message sent again gets the same answer. `message` is undefined when nothing of it could be read.
 * Source: HL7 v2.4, 2.13.8; ERR-2 to ERR-8 as in v2.5, 2.15.5.
 */
export function acknowledgement(
  message: Hl7Message | undefined,
  answer: Answer,
  stamp: { id: string; at: Date },
): string {
  const separators = message === undefined ? usual : message.separators;
  const { field, component, repetition, escape, subcomponent } = separators;
  const join = (...fields: string[]): string => fields.join(field);
  const raw = (number: number): string => message?.header.raw(number) ?? '';
  const event = message?.event ?? '';
  const controlId = stamp.id.replaceAll('-', '').slice(0, 20).toUpperCase();
  const type = event === '' ? 'ACK' : `ACK${component}${escaped(event, separators)}`;
  const lines = [
    join(
      'MSH',
      component + repetition + escape + subcomponent,
      raw(5) || 'OPENICS',
      raw(6),
      raw(3),
      raw(4),
      timeText(stamp.at),
      '',
      type,
      controlId,
      raw(11) || 'P',
      raw(12) || '2.4',
    ),
  ];
  const text = answer.ack === 'AA' ? (answer.note ?? '') : `${answer.reason} (${placeText(answer.place)})`;
  lines.push(join('MSA', answer.ack, raw(10), ...(text === '' ? [] : [escaped(text, separators)])));
  if (answer.ack !== 'AA') lines.push(join('ERR', ...errorFields(answer, separators)));
  return `${lines.join('\r')}\r`;
}

function errorFields(
  answer: { code: string; place: Hl7Place; reason: string },
  { component, subcomponent }: Separators,
): string[] {
  const { segment, sequence = 1, field, repetition, component: part } = answer.place;
  const where = [segment, sequence, field, repetition, part]
    .filter((each) => each !== undefined)
    .join(component);
  const old = [segment, sequence, field ?? '', [answer.code, '', 'HL70357'].join(subcomponent)].join(
    component,
  );
  return [old, where, [answer.code, '', 'HL70357'].join(component), 'E'];
}

/** `YYYYMMDDHHMMSS.SSS+0000`. */
const timeText = (at: Date): string => `${at.toISOString().replaceAll(/[-:TZ]/g, '')}+0000`;
