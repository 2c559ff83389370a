import type { Answer, Hl7Place } from '../hl7/index.ts';
import type { KnownMessage } from './store.ts';

/** What the sender of a kept message is told, now and whenever it sends the message again. */
export function answerOf(known: Pick<KnownMessage, 'ack' | 'code' | 'place' | 'reason' | 'state'>): Answer {
  const isStored = known.state === 'stored' || known.state === 'late' || known.state === 'replayed';
  if (isStored) return { ack: 'AA' };
  const reason = known.reason ?? '';
  if (known.ack === 'AA') return { ack: 'AA', note: reason };
  return { ack: known.ack, code: known.code ?? '', place: placeOf(known.place ?? ''), reason };
}

/** A place from its text. */
export function placeOf(text: string): Hl7Place {
  const found = /^([A-Z0-9]{3})(?:\[(\d+)\])?(?:-(\d+)(?:\((\d+)\))?(?:\.(\d+))?)?$/.exec(text);
  if (found === null) return { segment: 'MSH' };
  const [, segment, sequence, field, repetition, component] = found;
  const numbers = Object.entries({ sequence, field, repetition, component }).filter(
    ([, value]) => value !== undefined,
  );
  return { segment: segment!, ...Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)])) };
}
