import {
  bucketOf,
  checkpointText,
  closingLeaf,
  firstHead,
  leafHash,
  type ListBundle,
  ListEnds,
  type LogLine,
  type PlacedEvent,
  placeEvents,
  RegisterTree,
  rootOver,
  sharedRanges,
  type StagedEvent,
  subjectKey,
  toBase64,
} from '../server/audit/index.ts';

/** Events between two closings, and when the closing behind them was made. */
export type Part = { events: StagedEvent[]; closedAt: number };

/** A log as its lines, in parts. */
export async function partsOf(lines: AsyncIterable<LogLine>): Promise<Part[]> {
  const parts: Part[] = [];
  let events: StagedEvent[] = [];
  for await (const line of lines) {
    if ('event' in line) {
      const { event, opened } = line;
      events.push(opened === undefined ? { event } : { event, opened });
    } else if ('closing' in line) {
      parts.push({ events, closedAt: line.closing.atMs });
      events = [];
    }
  }
  return parts;
}

/**
 * Makes a log anew from its events, as somebody would who owns the database and the program: every hash, register, tree and
 * checkpoint is right in itself. Only signatures are as good as the key that was got hold of.
 */
export function forge(
  parts: readonly Part[],
  { origin, sign }: { origin: string; sign: (text: string) => string },
) {
  const lists = new ListEnds();
  for (const { event } of parts.flatMap(({ events }) => events)) {
    lists.expect('user', event.user);
    if (event.person !== undefined) lists.expect('person', event.person);
  }
  const register = new RegisterTree();
  const leaves: Uint8Array[] = [];
  const lines: LogLine[] = [];
  const all: PlacedEvent[] = [];
  let last = { register: new Uint8Array(32), atMs: 0, note: '' };
  for (const { events, closedAt } of parts) {
    const placed = placeEvents(events, leaves.length, lists);
    leaves.push(...placed.leaves);
    all.push(...placed.placed);
    for (const { seq, event, opened } of placed.placed)
      lines.push({ seq, event, ...(opened === undefined ? {} : { opened }) });
    for (const { bucket, hash } of lists.changed()) register.set(bucket, hash);
    const closing = { register: register.root(), atMs: closedAt };
    lines.push({
      seq: leaves.length,
      closing: { register: toBase64(closing.register), atMs: closedAt },
    });
    leaves.push(leafHash(closingLeaf(closing)));
    const root = Uint8Array.from(rootOver(leaves));
    const text = checkpointText({ origin, size: leaves.length, root });
    const note = `${text}\n${sign(text)}`;
    lines.push({ checkpoint: note });
    last = { ...closing, register: Uint8Array.from(closing.register), note };
  }
  const listOf = (id: string): ListBundle => {
    const own = all.filter(({ event }) => event.person === id);
    const place = bucketOf(subjectKey(firstHead('person', id)));
    const bucket = lists.changed().find((each) => each.bucket === place)?.entries ?? Buffer.alloc(0);
    const wanted = [...own.map(({ seq }) => seq), leaves.length - 1];
    return {
      format: 'openics-audit-list/1',
      subject: { kind: 'person', id },
      checkpoint: last.note,
      closing: { register: toBase64(last.register), atMs: last.atMs },
      register: { bucket: toBase64(bucket), path: register.path(place).map(toBase64) },
      events: own.map(({ seq, event, userHead, opened }) => ({
        seq,
        event,
        other: toBase64(userHead),
        ...(opened === undefined ? {} : { opened }),
      })),
      proof: sharedRanges(wanted, leaves.length).map(({ from, to }) => toBase64(rootOver(leaves, from, to))),
    };
  };
  return { lines, listOf };
}
