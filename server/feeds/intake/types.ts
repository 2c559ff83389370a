import type { Tx } from '../../platform/db/index.ts';
import type { Delivery } from '../../record/types.ts';
import type { Answer, Hl7Message, Refusal } from '../hl7/index.ts';
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
  /** Puts on record, in the transaction that stores it, what became of it; where somebody who signed in sent it. */
  record?: RecordMessage | undefined;
};

/** Puts on record, in a transaction, what became of a message: a state, or what was done to it. */
export type RecordMessage = (tx: Tx, act: string) => void;

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
};
