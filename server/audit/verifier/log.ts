import { hashFromBase64, isSameBytes, joinBytes, toHex } from './bytes.ts';
import {
  closingLeaf,
  commitmentOf,
  eventHash,
  eventLeaf,
  type LoggedEvent,
  type OpenedText,
} from './event.ts';
import { isEarlierThan, isLaterThan } from './moments.ts';
import { readCheckpoint, readNote, type Checkpoint, type Witnessed } from './note.ts';
import { RegisterTree } from './register.ts';
import {
  bucketHash,
  bucketOf,
  firstHead,
  nextHead,
  nothing,
  subjectKey,
  type SubjectKind,
} from './subjects.ts';
import { Frontier, leafHash } from './tree.ts';
import { openCheckpoint, type Trust } from './trust.ts';

/** One line of a whole log as it is written out: an event, a closing, or the checkpoint behind a closing. */
export type LogLine =
  | { seq: number; event: LoggedEvent; opened?: OpenedText }
  | { seq: number; closing: { register: string; atMs: number } }
  | { checkpoint: string };

export type LogFinding =
  | {
      holds: true;
      events: number;
      closings: number;
      size: number;
      /** Leaves of events whose time does not fit between the closings around them. */
      doubtfulTimes: number[];
      witnesses: Witnessed[];
    }
  | { holds: false; fault: string };

/**
 * Checks a whole log from its first leaf on: every event, running hash, closing and signature. Lines come in order; a log ends
 * with a checkpoint. Never throws: the first fault is told, with its place.
 */
export async function verifyLog(
  lines: AsyncIterable<LogLine> | Iterable<LogLine>,
  trust: Trust,
): Promise<LogFinding> {
  try {
    const held =
      trust.held === undefined ? undefined : await openCheckpoint(trust.held, { keys: trust.keys });
    const walk = new LogWalk(trust, held);
    for await (const line of lines) await walk.add(line);
    return await walk.end();
  } catch (error) {
    return { holds: false, fault: error instanceof Error ? error.message : 'The log cannot be read.' };
  }
}

class LogWalk {
  readonly #trust: Trust;
  readonly #held: Checkpoint | undefined;
  readonly #tree = new Frontier();
  readonly #lists = new Map<string, { head: Uint8Array; count: number }>();
  readonly #buckets = new Map<number, Map<string, Uint8Array>>();
  readonly #register = new RegisterTree();
  readonly #touched = new Set<number>();
  readonly #doubtfulTimes: number[] = [];
  #unclosed: { seq: number; at: string }[] = [];
  #events = 0;
  #closings = 0;
  #closedAt = 0;
  #last: { note: string; size: number } | undefined;
  #sawHeld: boolean;

  constructor(trust: Trust, held: Checkpoint | undefined) {
    this.#trust = trust;
    this.#held = held;
    this.#sawHeld = held === undefined || held.size === 0;
  }

  async add(line: LogLine): Promise<void> {
    if ('checkpoint' in line) return this.#addCheckpoint(line.checkpoint);
    if (line.seq !== this.#tree.size)
      throw new Error(`After leaf ${this.#tree.size - 1} comes leaf ${line.seq}.`);
    if ('event' in line) this.#addEvent(line);
    else this.#addClosing(line.closing, line.seq);
    if (this.#tree.size !== this.#held?.size) return;
    if (!isSameBytes(this.#held.root, this.#tree.root()))
      throw new Error('The log had another history before: its beginning is not the one you kept.');
    this.#sawHeld = true;
  }

  async end(): Promise<LogFinding> {
    if (!this.#sawHeld) throw new Error('The log is shorter than the checkpoint you kept.');
    if (this.#tree.size > 0 && this.#last?.size !== this.#tree.size)
      throw new Error('The log does not end with a signed checkpoint.');
    const last = this.#last === undefined ? undefined : await openCheckpoint(this.#last.note, this.#trust);
    return {
      holds: true,
      events: this.#events,
      closings: this.#closings,
      size: this.#tree.size,
      doubtfulTimes: this.#doubtfulTimes,
      witnesses: last?.witnesses ?? [],
    };
  }

  #addEvent({ seq, event, opened }: { seq: number; event: LoggedEvent; opened?: OpenedText }): void {
    if (opened !== undefined && commitmentOf(opened) !== event.text)
      throw new Error(`The text of event ${seq} was changed.`);
    const hash = eventHash(event);
    const userHead = this.#extend('user', event.user, hash);
    const personHead = event.person === undefined ? nothing : this.#extend('person', event.person, hash);
    this.#tree.append(leafHash(eventLeaf(hash, personHead, userHead)));
    this.#events++;
    this.#unclosed.push({ seq, at: event.at });
  }

  #extend(kind: SubjectKind, id: string, hash: Uint8Array): Uint8Array {
    const first = firstHead(kind, id);
    const key = subjectKey(first);
    const name = toHex(key);
    const before = this.#lists.get(name) ?? { head: first, count: 0 };
    const after = { head: nextHead(before.head, before.count + 1, hash), count: before.count + 1 };
    this.#lists.set(name, after);
    const place = bucketOf(key);
    const bucket = this.#buckets.get(place) ?? new Map<string, Uint8Array>();
    this.#buckets.set(place, bucket.set(name, joinBytes(key, after.head)));
    this.#touched.add(place);
    return after.head;
  }

  #addClosing(closing: { register: string; atMs: number }, seq: number): void {
    for (const place of this.#touched) {
      const entries = [...this.#buckets.get(place)!].sort(([a], [b]) => (a < b ? -1 : 1));
      this.#register.set(place, bucketHash(joinBytes(...entries.map(([, entry]) => entry))));
    }
    this.#touched.clear();
    const register = hashFromBase64(closing.register);
    if (!isSameBytes(register, this.#register.root()))
      throw new Error(`The register of lists at leaf ${seq} does not follow from the events before it.`);
    if (closing.atMs < this.#closedAt) throw new Error(`The clock of the log went back at leaf ${seq}.`);
    for (const event of this.#unclosed) {
      if (isLaterThan(event.at, closing.atMs) || isEarlierThan(event.at, this.#closedAt))
        this.#doubtfulTimes.push(event.seq);
    }
    this.#unclosed = [];
    this.#closedAt = closing.atMs;
    this.#closings++;
    this.#tree.append(leafHash(closingLeaf({ register, atMs: closing.atMs })));
  }

  async #addCheckpoint(note: string): Promise<void> {
    const { size, root } = readCheckpoint(readNote(note).text);
    if (size !== this.#tree.size)
      throw new Error(`A checkpoint of size ${size} stands behind leaf ${this.#tree.size - 1}.`);
    if (!isSameBytes(root, this.#tree.root()))
      throw new Error(`The leaves before ${size} are not those that were signed.`);
    await openCheckpoint(note, { keys: this.#trust.keys });
    this.#last = { note, size };
  }
}
