import type { Tx } from '../../platform/db/index.ts';
import type { Delivery } from '../../record/types.ts';
import type { Answer, Hl7Message, Refusal } from '../hl7/index.ts';
import type { Certificate } from '../mllp/index.ts';
import type { Reading, Sender } from '../types.ts';

/** What tells a feed from others. */
export type FeedName = { kind: 'hl7v2' | 'csv' | 'fhir'; key: string; name: string; source: string };

/** A message that came, read as far as it could be, before anything of it is stored. */
export type Arrival = {
  feed: FeedName;
  /** Follows from sender and control id. */
  id: string;
  /** The same and the content: the id it is kept under when its first id stands for another content. */
  otherId(): string;
  digest: string;
  received: Date;
  controlId: string;
  /** `ADT^A01`; empty when it could not be read. */
  kind: string;
  bytes: Buffer;
  channel: Delivery['channel'];
  /** Who sent it, as the delivery of its resources tells. */
  agent: string;
  message: Hl7Message | undefined;
  said: Said;
  /** Puts on record, in the transaction that stores it, what became of it; where accesses are put on record. */
  record?: RecordMessages | undefined;
  /** What the sender showed, where it came over a connection of its own. */
  certificate?: Certificate;
};

/** What became of a message, for the audit log. */
export type MessageDone = {
  messageId: string;
  feed: FeedName;
  /** What the sender showed. */
  certificate?: Certificate;
  /** A state, `again` where it came before, or what a person did to it. */
  act: string;
  /** The persons whose record it tells of, with the FHIR types; none where it waits, or came before. */
  persons: ReadonlyMap<string, readonly string[]>;
};

/** Puts on record, in a transaction, what became of messages. Asked again where the transaction is tried again. */
export type RecordMessages = (tx: Tx, done: readonly MessageDone[]) => void;

/** What could be made of it, or why not. */
export type Said = { sender: Sender; reading: Reading } | { refusal: Refusal };

export const messageStates = ['stored', 'late', 'dead', 'replayed', 'dismissed'] as const;
export type MessageState = (typeof messageStates)[number];

/** What became of a message. */
export type Fate = {
  id: string;
  state: MessageState;
  answer: Answer;
  received: Date;
  /** `Type/id` of what it made or changed. */
  resources: string[];
  /** It came before, and this time did nothing. */
  cameBefore?: true;
};
