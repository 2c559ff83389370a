import type { Clock } from '../../platform/clock.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { toPlain } from '../../record/formats/index.ts';
import { markStored, type Preparer, type Writer } from '../../record/store/index.ts';
import type { Change, Delivery, Issue, Resource } from '../../record/types.ts';
import type { News } from '../entity/index.ts';
import { errorCodes, placeText, type Refusal } from '../hl7/index.ts';
import { answerOf } from './answer.ts';
import { formerPersons, putMessagesOnRecord } from './on-record.ts';
import { judge, moreOf, type Held, type Judged, type StandingChange } from './judge.ts';
import {
  addFeed,
  addTallies,
  feedId,
  heldStates,
  knownMessages,
  lockSources,
  messageRows,
  planOnce,
  saveStates,
  settleMessage,
  type KnownMessage,
  type MessageRow,
} from './store.ts';
import type { Arrival, Fate, MessageState } from './types.ts';

export type CommitParts = {
  db: Db;
  clock: Clock;
  writer: Writer;
  preparer: Preparer;
  validate(resource: Resource): Issue[];
  /** Tells who keeps track of persons that patients were merged or parted. Runs in the transaction that stores it. */
  tellStandings(tx: Tx, changes: readonly StandingChange[], source: string, heard: Date): Promise<void>;
};

/** A message that is to be judged again, and by whom. */
export type Again = { messageId: string; by: string };

/**
 * Writes groups of messages, one transaction each: the messages as they came, the resources they make, and what is held to judge the
 * next ones. Nobody is told that a message is stored before that transaction is.
 */
export class Committer {
  readonly #parts: CommitParts;
  readonly #feeds = new Set<string>();
  #lastSeq = 0;

  constructor(parts: CommitParts) {
    this.#parts = parts;
  }

  /** Stores messages in their order. Gives what became of each. */
  async commit(group: readonly Arrival[], again?: Again): Promise<Fate[]> {
    await this.#announce(group);
    const deliveries = new Map<string, Buffer>();
    for (const arrival of group) {
      const delivery = deliveryOf(arrival);
      const name = deliveryName(delivery);
      if (!deliveries.has(name)) deliveries.set(name, await this.#parts.writer.deliveryId(delivery));
    }
    const { batches, fates } = await this.#parts.writer.retrying((tx) =>
      this.#write(tx, group, deliveries, again),
    );
    markStored(batches);
    return fates;
  }

  /** Stores a message as one that the database could not take. */
  async keep(arrival: Arrival, reason: string): Promise<Fate> {
    const refusal: Refusal = { ack: 'AE', code: errorCodes.internal, place: { segment: 'MSH' }, reason };
    const [fate] = await this.commit([{ ...arrival, said: { refusal } }]);
    return fate!;
  }

  async #announce(group: readonly Arrival[]): Promise<void> {
    for (const { feed } of group) {
      const id = feedId(feed);
      if (this.#feeds.has(id)) continue;
      await addFeed(this.#parts.db, feed, this.#parts.clock());
      this.#feeds.add(id);
    }
  }

  async #write(
    tx: Tx,
    group: readonly Arrival[],
    deliveries: ReadonlyMap<string, Buffer>,
    again: Again | undefined,
  ) {
    planOnce(tx);
    lockSources(tx, [...new Set(group.map(({ feed }) => feed.source))]);
    const claims = group.flatMap(({ said }) => ('reading' in said ? said.reading.claims : []));
    const [known, held] = await Promise.all([
      again === undefined ? knownAmong(tx, group) : new Map<string, KnownMessage>(),
      heldStates(tx, claims),
    ]);
    const isKept = group.some(({ record }) => record !== undefined);
    const former = isKept ? await formerPersons(tx, claims) : undefined;
    const effect = new Effect(known, held, this.#parts.validate, () => this.#nextSeq());
    const fates = group.map((arrival) => effect.add(arrival, this.#parts.clock(), again));

    const works = effect.works().map(({ delivery, changes }) => ({
      batch: this.#parts.preparer.batchOf(changes, toPlain),
      deliveryId: deliveries.get(deliveryName(delivery))!,
    }));
    if (works.length > 0) {
      for (const result of await this.#parts.writer.writeIn(tx, works))
        if ('refused' in result) throw result.refused;
    }
    for (const [source, changes] of effect.standings)
      await this.#parts.tellStandings(tx, changes, source, this.#parts.clock());
    saveStates(tx, effect.states, effect.news);
    addTallies(tx, effect.counted);
    if (again === undefined) tx.sendCopies(messageRows(effect.messages));
    else
      for (const row of effect.messages)
        await settleMessage(tx, again.messageId, { ...row, changedBy: again.by });
    if (former !== undefined)
      await putMessagesOnRecord(tx, group, fates, { batches: works.map(({ batch }) => batch), former });
    return { batches: works, fates };
  }

  /** The order of storing: microseconds since 1970, never twice in one process. */
  #nextSeq(): number {
    this.#lastSeq = Math.max(this.#lastSeq + 1, this.#parts.clock().getTime() * 1000);
    return this.#lastSeq;
  }
}

const deliveryOf = ({ feed, channel, agent }: Arrival): Delivery => ({
  source: feed.source,
  channel,
  agent: agent === '' ? 'feeds' : agent,
});

const deliveryName = ({ source, channel, agent }: Delivery): string =>
  JSON.stringify([source, channel, agent]);

/** Which of these messages came before, under either of their ids. The other id is rarely used, so it is only then worked out. */
async function knownAmong(tx: Tx, group: readonly Arrival[]): Promise<Map<string, KnownMessage>> {
  const digests = new Map<string, string>();
  const known = await knownMessages(
    tx,
    group.map(({ id }) => id),
  );
  for (const { id, digest } of known.values()) digests.set(id, digest);
  const others: string[] = [];
  for (const { id, digest, otherId } of group) {
    if (!digests.has(id)) digests.set(id, digest);
    else if (digests.get(id) !== digest) others.push(otherId());
  }
  for (const [id, other] of await knownMessages(tx, others)) known.set(id, other);
  return known;
}

/** All that one transaction writes, gathered message by message. */
class Effect {
  readonly messages: MessageRow[] = [];
  readonly states: Held = new Map();
  readonly news = new Map<string, News>();
  readonly standings = new Map<string, StandingChange[]>();
  readonly counted: { feedId: string; at: Date; outcome: string }[] = [];
  readonly #known: Map<string, KnownMessage>;
  readonly #held: Held;
  readonly #validate: (resource: Resource) => Issue[];
  readonly #nextSeq: () => number;
  readonly #resources = new Map<string, { resource: Resource; delivery: Delivery }>();

  constructor(
    known: Map<string, KnownMessage>,
    held: Held,
    validate: (resource: Resource) => Issue[],
    nextSeq: () => number,
  ) {
    this.#known = known;
    this.#held = held;
    this.#validate = validate;
    this.#nextSeq = nextSeq;
  }

  /** Judges a message and adds what it does. One that came before does nothing and gets the same answer. */
  add(arrival: Arrival, at: Date, again: Again | undefined): Fate {
    const first = this.#known.get(arrival.id);
    if (first?.digest === arrival.digest) return this.#same(first, arrival, at);
    const other = first === undefined ? undefined : this.#known.get(arrival.otherId());
    if (other !== undefined) return this.#same(other, arrival, at);
    const isTaken = first !== undefined && !wasRefused(first);
    const id = again?.messageId ?? (first === undefined ? arrival.id : arrival.otherId());
    const judged: Judged = isTaken
      ? { kind: 'refused', refusal: reused }
      : judge(arrival.said, this.#held, this.#validate);
    return this.#keep(arrival, id, judged, at, again !== undefined, isTaken);
  }

  /** What is to be written, by who says it. */
  works(): { delivery: Delivery; changes: Change[] }[] {
    const works = new Map<string, { delivery: Delivery; changes: Change[] }>();
    for (const { resource, delivery } of this.#resources.values()) {
      const name = deliveryName(delivery);
      let work = works.get(name);
      if (work === undefined) works.set(name, (work = { delivery, changes: [] }));
      work.changes.push({ kind: 'put', type: resource.resourceType, id: resource.id!, resource });
    }
    return [...works.values()];
  }

  #same(known: KnownMessage, arrival: Arrival, at: Date): Fate {
    this.counted.push({ feedId: feedId(arrival.feed), at, outcome: 'again' });
    return {
      id: known.id,
      state: known.state,
      answer: answerOf(known),
      received: known.received,
      resources: [],
      cameBefore: true,
    };
  }

  #keep(
    arrival: Arrival,
    id: string,
    judged: Judged,
    at: Date,
    isReplay: boolean,
    isAccepted: boolean,
  ): Fate {
    const resources = judged.kind === 'taken' ? this.#take(arrival, judged) : [];
    const remarks = judged.kind === 'taken' ? judged.remarks : [];
    const refusal = judged.kind === 'taken' ? undefined : judged.refusal;
    const row: MessageRow = {
      id,
      feedId: feedId(arrival.feed),
      received: arrival.received,
      seq: this.#nextSeq(),
      controlId: arrival.controlId,
      kind: arrival.kind,
      eventAt: eventAt(arrival),
      digest: arrival.digest,
      state: stateOf(judged, isReplay),
      ack: refusal === undefined || isAccepted ? 'AA' : refusal.ack,
      code: refusal?.code ?? null,
      place: refusal === undefined ? null : placeText(refusal.place),
      reason: refusal?.reason ?? null,
      remarks: remarks.length === 0 ? null : JSON.stringify(remarks),
      resources: resources.length === 0 ? null : JSON.stringify(resources),
      original: arrival.bytes,
      changed: at,
      changedBy: 'feeds',
    };
    this.messages.push(row);
    this.#known.set(id, row);
    this.counted.push({ feedId: row.feedId, at, outcome: row.state });
    if (remarks.length > 0) this.counted.push({ feedId: row.feedId, at, outcome: 'flagged' });
    return { id, state: row.state, answer: answerOf(row), received: row.received, resources };
  }

  #take(arrival: Arrival, judged: Judged & { kind: 'taken' }): string[] {
    for (const [name, state] of judged.states) {
      this.#held.set(name, state);
      this.states.set(name, state);
      this.news.set(name, moreOf(this.news.get(name), judged.news.get(name)!));
    }
    const delivery = deliveryOf(arrival);
    for (const [name, resource] of judged.resources) this.#resources.set(name, { resource, delivery });
    if (judged.standings.length > 0) {
      const { source } = arrival.feed;
      this.standings.set(source, [...(this.standings.get(source) ?? []), ...judged.standings]);
    }
    return [...judged.states.keys()];
  }
}

/** A message that was refused and has done nothing may be sent again, mended, under its control id. */
const wasRefused = (known: KnownMessage): boolean => known.state === 'dead' && known.ack !== 'AA';

const reused: Refusal = {
  ack: 'AE',
  code: errorCodes.duplicateKey,
  place: { segment: 'MSH', field: 10 },
  reason: 'The sender used this control id before, for another message. It is kept for a person to look at',
};

function stateOf(judged: Judged, isReplay: boolean): MessageState {
  if (judged.kind === 'refused') return 'dead';
  if (isReplay) return 'replayed';
  return judged.isLate ? 'late' : 'stored';
}

function eventAt({ said }: Arrival): Date | null {
  const claim = 'reading' in said ? said.reading.claims[0] : undefined;
  return claim === undefined ? null : new Date(claim.at);
}
