import { fromBase64, hashFromBase64, isSameBytes, type Bytes } from './bytes.ts';
import {
  closingLeaf,
  commitmentOf,
  eventHash,
  eventLeaf,
  type LoggedEvent,
  type OpenedText,
} from './event.ts';
import { isLaterThan } from './moments.ts';
import type { Witnessed } from './note.ts';
import { firstHead, headIn, nextHead, nothing, subjectKey, type SubjectKind } from './subjects.ts';
import { leafHash, rootOfSome } from './tree.ts';
import { mustContinue, openCheckpoint, type Trust } from './trust.ts';

/** All events of one person or user, with all that shows them to be whole and unchanged. Hashes are in base64. */
export type ListBundle = {
  format: 'openics-audit-list/1';
  subject: { kind: SubjectKind; id: string };
  /** The signed checkpoint the proof leads to. */
  checkpoint: string;
  /** The last leaf of that tree: the register of all lists, and when it was made. */
  closing: { register: string; atMs: number };
  /** Where the register says this list stands. An empty text in `path` is a branch that holds nothing. */
  register: { bucket: string; path: readonly string[] };
  /** `other` is the running hash of the other list the event stands in, empty when there is none. */
  events: readonly { seq: number; event: LoggedEvent; other: string; opened?: OpenedText }[];
  /** What leads from the events and the closing to the root; see `rootOfSome`. */
  proof: readonly string[];
  /** Shows that the tree continues an earlier one. */
  since?: { size: number; proof: readonly string[] };
};

export type ListFinding =
  | {
      holds: true;
      events: number;
      /** Events whose personal text was erased. */
      erased: number;
      /** Events that claim to be later than the closing behind them. */
      doubtfulTimes: number[];
      size: number;
      closedAt: number;
      witnesses: Witnessed[];
    }
  | { holds: false; fault: string };

/**
 * Checks that a list is whole, in order, unchanged, and part of the signed log: nothing was left out up to the moment of the
 * closing. Never throws: what is wrong is told as a fault.
 */
export async function verifyList(bundle: ListBundle, trust: Trust): Promise<ListFinding> {
  try {
    return await findingOf(bundle, trust);
  } catch (error) {
    return { holds: false, fault: error instanceof Error ? error.message : 'The proof cannot be read.' };
  }
}

async function findingOf(bundle: ListBundle, trust: Trust): Promise<ListFinding> {
  if (bundle.format !== 'openics-audit-list/1') throw new Error('It is not a list with its proof.');
  const checkpoint = await openCheckpoint(bundle.checkpoint, trust);
  const { since } = bundle;
  await mustContinue(checkpoint, trust, (size) =>
    since?.size === size ? since.proof.map(hashFromBase64) : undefined,
  );
  const closing = { register: hashFromBase64(bundle.closing.register), atMs: bundle.closing.atMs };
  const { leaves, head, count, erased, doubtfulTimes } = walk(bundle, closing.atMs);
  leaves.set(checkpoint.size - 1, leafHash(closingLeaf(closing)));
  const root = rootOfSome(leaves, checkpoint.size, bundle.proof.map(hashFromBase64));
  if (!isSameBytes(root, checkpoint.root)) throw new Error('The events are not those of the signed log.');

  const first = firstHead(bundle.subject.kind, bundle.subject.id);
  const registered = headIn(closing.register, subjectKey(first), {
    bucket: fromBase64(bundle.register.bucket),
    path: bundle.register.path.map(hashOrNothing),
  });
  const isWhole = registered === undefined ? count === 0 : isSameBytes(registered, head);
  if (!isWhole) throw new Error('The list is not whole: the signed register has another end of it.');
  return {
    holds: true,
    events: count,
    erased,
    doubtfulTimes,
    size: checkpoint.size,
    closedAt: closing.atMs,
    witnesses: checkpoint.witnesses,
  };
}

/** Follows the running hash along the list, and gives the leaf of each event. */
function walk({ subject, events }: ListBundle, closedAt: number) {
  const leaves = new Map<number, Uint8Array>();
  let head: Bytes = firstHead(subject.kind, subject.id);
  let before = -1;
  let erased = 0;
  const doubtfulTimes: number[] = [];
  for (const [index, { seq, event, other, opened }] of events.entries()) {
    if (!Number.isSafeInteger(seq) || seq <= before) throw new Error(`Event ${index + 1} is out of order.`);
    if (event[subject.kind] !== subject.id) throw new Error(`Event ${index + 1} is of another list.`);
    if (isLaterThan(event.at, closedAt)) doubtfulTimes.push(seq);
    if (opened !== undefined && commitmentOf(opened) !== event.text)
      throw new Error(`The text of event ${index + 1} was changed.`);
    if (opened === undefined && event.text !== undefined) erased++;
    const hash = eventHash(event);
    head = nextHead(head, index + 1, hash);
    const beside = hashOrNothing(other);
    const data = subject.kind === 'person' ? eventLeaf(hash, head, beside) : eventLeaf(hash, beside, head);
    leaves.set(seq, leafHash(data));
    before = seq;
  }
  return { leaves, head, count: events.length, erased, doubtfulTimes };
}

const hashOrNothing = (text: string): Bytes => (text === '' ? nothing : hashFromBase64(text));
