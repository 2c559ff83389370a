import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { rowAgain } from '../csv/index.ts';
import { arrive } from '../intake/arrive.ts';
import type { IntakeQueue } from '../intake/queue.ts';
import type { Arrival, FeedName, Fate, MessageDone, RecordMessages } from '../intake/types.ts';
import { newestMapping } from '../load/store.ts';
import { dismissMessage, findMessage, saveMended, type MessageDetail } from './store.ts';

/** What a person can do with a message that waits. `record` puts it on record in the same transaction. */
export type Desk = {
  /** Keeps a corrected text; the text as it came stays. */
  mend(id: string, text: string, by: string, record?: RecordMessages): Promise<void>;
  /** Judges the message again, by its corrected text where there is one. */
  replay(id: string, by: string, record?: RecordMessages): Promise<Fate>;
  /** Settles it without storing what it says. */
  dismiss(id: string, by: string, record?: RecordMessages): Promise<void>;
};

export function createDesk(db: Db, clock: Clock, queue: IntakeQueue): Desk {
  return {
    async mend(id, text, by, record) {
      const detail = await waiting(db, id);
      // A form sends line ends in its own way; segments end with a carriage return.
      const end = detail.feedKind === 'hl7v2' ? '\r' : '\n';
      const bytes = Buffer.from(text.trim().replaceAll(/\r\n|\n/g, end));
      await db.transaction(async (tx) => {
        if (!(await saveMended(tx, id, bytes, clock(), by))) throw settled();
        record?.(tx, [doneTo(detail, 'mended')]);
      });
    },
    async replay(id, by, record) {
      const detail = await waiting(db, id);
      const arrival = await arrivalOf(db, detail);
      return queue.again({ ...arrival, record }, { messageId: id, by });
    },
    async dismiss(id, by, record) {
      const detail = await waiting(db, id);
      await db.transaction(async (tx) => {
        if (!(await dismissMessage(tx, id, clock(), by))) throw settled();
        record?.(tx, [doneTo(detail, 'dismissed')]);
      });
    },
  };
}

const doneTo = (detail: MessageDetail, act: string): MessageDone => ({
  messageId: detail.id,
  feed: feedOf(detail),
  act,
  persons: new Map(),
});

const feedOf = ({ feedKind, feedKey, feedName, source }: MessageDetail): FeedName => ({
  kind: feedKind,
  key: feedKey,
  name: feedName,
  source,
});

/** The message to judge again: by its corrected text where there is one, a row by the newest version of its mapping. */
async function arrivalOf(db: Db, detail: MessageDetail): Promise<Arrival> {
  const bytes = detail.mended ?? detail.original;
  if (detail.feedKind === 'hl7v2') return arrive(bytes, detail.received, 'hl7v2', detail.mended !== null);
  const mapping = await newestMapping(db, detail.kind);
  if (mapping === undefined)
    throw new Problem('feeds/no-mapping', 409, 'The mapping of this row is not there any more.');
  return rowAgain(mapping, bytes, { feed: feedOf(detail), received: detail.received });
}

async function waiting(db: Db, id: string): Promise<MessageDetail> {
  const detail = await findMessage(db, id);
  if (detail === undefined) {
    throw new Problem('feeds/unknown-message', 404, 'There is no message with this number.', {
      wayOut: 'List those that wait with ./openics feeds dead',
    });
  }
  if (detail.state !== 'dead') throw settled();
  return detail;
}

const settled = (): Problem =>
  new Problem('feeds/settled', 409, 'This message does not wait: it is stored or settled.', {
    wayOut: 'Change the resource itself over the FHIR API, or ask the sender for a correction.',
  });
