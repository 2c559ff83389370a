import type { Clock } from '../platform/clock.ts';
import type { Db } from '../platform/db/index.ts';
import type { Extractor } from '../record/search/index.ts';
import { Preparer, Writer } from '../record/store/index.ts';
import type { Delivery, Issue, Resource } from '../record/types.ts';
import { acknowledgement, errorCodes, parseMessage, type Hl7Message } from './hl7/index.ts';
import { idFrom } from './ids.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { arrive } from './intake/arrive.ts';
import { Committer } from './intake/commit.ts';
import { IntakeQueue } from './intake/queue.ts';
import type { Fate, RecordMessages } from './intake/types.ts';
import type { Certificate, Frame, Receiver } from './mllp/index.ts';
import { tellStandings } from './standings.ts';

export type FeedServices = {
  db: Db;
  clock: Clock;
  extractor: Extractor;
  validate(resource: Resource): Issue[];
};

/** What became of a message, and the acknowledgement its sender gets. */
export type Received = { fate: Fate; acknowledgement: string };

export type Feeds = Receiver & {
  /** Takes messages in the same way, each put on record by `record`. */
  receiverBy(record: RecordMessages | undefined): Receiver;
  /** Stores an HL7 v2 message and what it says. Resolves after the commit; rejects when nothing was stored. */
  take(
    bytes: Buffer,
    channel?: Delivery['channel'],
    record?: RecordMessages,
    certificate?: Certificate,
  ): Promise<Received>;
  queue: IntakeQueue;
  /** What a person does with messages that wait. */
  desk: Desk;
};

/** Makes the intake of messages over the record. */
export function createFeeds({ db, clock, extractor, validate }: FeedServices): Feeds {
  const committer = new Committer({
    db,
    clock,
    writer: new Writer(db, clock),
    preparer: new Preparer(extractor),
    validate,
    tellStandings,
  });
  const queue = new IntakeQueue(committer);
  const take: Feeds['take'] = async (bytes, channel = 'hl7v2', record, certificate) => {
    const arrival = { ...arrive(bytes, clock(), channel), record, certificate };
    const fate = await queue.submit(arrival);
    const stamp = { id: fate.id, at: fate.received };
    return { fate, acknowledgement: acknowledgement(arrival.message, fate.answer, stamp) };
  };
  const receiverBy = (record: RecordMessages | undefined): Receiver => ({
    receive: async (bytes, certificate) => (await take(bytes, 'hl7v2', record, certificate)).acknowledgement,
    refuse: (frame) => refusalOf(frame, clock()),
  });
  return { take, queue, desk: createDesk(db, clock, queue), receiverBy, ...receiverBy(undefined) };
}

const reasons = {
  'too-long': 'The message is longer than is taken',
  'no-start': 'The message has no start block',
} as const;

function refusalOf(frame: Exclude<Frame, { kind: 'message' }>, at: Date): string {
  const answer = {
    ack: 'AR',
    code: errorCodes.segmentSequence,
    place: { segment: 'MSH' },
    reason: reasons[frame.kind],
  } as const;
  return acknowledgement(headOf(frame.bytes), answer, {
    id: idFrom('refusal', frame.bytes.toString('hex')),
    at,
  });
}

/** The header of a message of which only the beginning is there. */
function headOf(bytes: Buffer): Hl7Message | undefined {
  const end = bytes.findIndex((byte) => byte === 13 || byte === 10);
  try {
    return parseMessage(end < 0 ? bytes : bytes.subarray(0, end));
  } catch {
    return undefined;
  }
}
