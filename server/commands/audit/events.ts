import { eventsBetween, lastClosing } from '../../audit/index.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';

const atOnce = 5_000;

/**
 * Prints the events after a place of the log, one JSON object a line, with their place as `seq`: for whatever takes logs to another
 * system. Personal text is not among them, only its commitment. Gives the exit code.
 */
export async function printEvents(
  db: Db,
  after: string | undefined,
  print: (line: string) => void = console.log,
): Promise<number> {
  const from = after === undefined ? 0 : Number(after) + 1;
  if (!Number.isSafeInteger(from) || from < 0)
    throw new Problem('audit/wrong-use', 400, '--after takes the seq of the last event you have.');
  const size = (await lastClosing(db))?.size ?? 0;
  for (let at = from; at < size; at += atOnce) {
    const events = await eventsBetween(db, at, Math.min(at + atOnce, size));
    for (const { seq, event } of events) print(JSON.stringify({ seq, ...event }));
  }
  return 0;
}
