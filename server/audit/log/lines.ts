import type { Queryable } from '../../platform/db/index.ts';
import { closingsBetween, cosignatures, eventsBetween } from '../lists/store.ts';
import type { LogLine } from '../verifier/index.ts';
import { lastClosing } from './store.ts';

const atOnce = 5_000;

/** Every line of the log from its first leaf to the last closing, as `verifyLog` takes them. */
export async function* logLines(db: Queryable): AsyncGenerator<LogLine> {
  const last = await lastClosing(db);
  const size = last?.size ?? 0;
  for (let from = 0; from < size; from += atOnce) {
    const to = Math.min(from + atOnce, size);
    const [events, closings] = await Promise.all([
      eventsBetween(db, from, to),
      closingsBetween(db, from, to),
    ]);
    let next = 0;
    const eventsUpTo = function* (seq: number): Generator<LogLine> {
      for (; next < events.length && events[next]!.seq < seq; next++) {
        const { seq: at, event, opened } = events[next]!;
        yield { seq: at, event, ...(opened === undefined ? {} : { opened }) };
      }
    };
    for (const closing of closings) {
      yield* eventsUpTo(closing.size - 1);
      yield {
        seq: closing.size - 1,
        closing: { register: closing.register.toString('base64'), atMs: closing.at.getTime() },
      };
      const lines = closing.size === size ? await cosignatures(db, size) : [];
      yield { checkpoint: closing.note + lines.join('') };
    }
    yield* eventsUpTo(Infinity);
  }
}
