import type { Db, Tx } from '../../platform/db/index.ts';
import { Problem } from '../../platform/errors.ts';
import { consistencyRanges, inclusionRanges, sharedRanges } from '../log/ranges.ts';
import { refreshRegister } from '../log/register.ts';
import { lastClosing, tilesNamed, type ClosingRow } from '../log/store.ts';
import { TileHashes } from '../log/tile-hashes.ts';
import {
  bucketOf,
  firstHead,
  isSameBytes,
  nothing,
  RegisterTree,
  subjectKey,
  type ListBundle,
  type SubjectKind,
} from '../verifier/index.ts';
import { bucketEntries, cosignatures, eventsOfList } from './store.ts';

/** Makes proofs from what is stored. It writes nothing, and needs no private key. */
export class Proofs {
  readonly #db: Db;
  readonly #tiles: TileHashes;
  readonly #register = new RegisterTree();
  #registerSize = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: Db) {
    this.#db = db;
    this.#tiles = new TileHashes((names) => tilesNamed(db, names));
  }

  /** The hashes that show a leaf to be in a tree of this size, in the order of RFC 9162. */
  inclusion(index: number, size: number): Promise<Uint8Array[]> {
    return this.#tiles.of(inclusionRanges(index, size));
  }

  /** The hashes that show a tree to continue a smaller one, in the order of RFC 9162. */
  consistency(earlier: number, size: number): Promise<Uint8Array[]> {
    return this.#tiles.of(consistencyRanges(earlier, size));
  }

  /**
   * The whole list of a person or user with its proof, as of the last closing. `since` is the size of a checkpoint the reader
   * kept: the bundle then shows that the log continues it. Throws a Problem when the log is empty or shorter than that.
   */
  async list(subject: { kind: SubjectKind; id: string }, since?: number): Promise<ListBundle> {
    const { closing, path, bucket, events, lines } = await this.#inTurn(async (tx) => {
      const last = await lastClosing(tx);
      if (last === undefined) throw new Problem('audit/empty', 404, 'The audit log is empty.');
      const place = bucketOf(subjectKey(firstHead(subject.kind, subject.id)));
      await this.#refresh(tx, last);
      return {
        closing: last,
        path: this.#register.path(place),
        bucket: await bucketEntries(tx, place),
        events: await eventsOfList(tx, subject, last.size),
        lines: await cosignatures(tx, last.size),
      };
    });
    if (since !== undefined && since > closing.size)
      throw new Problem('audit/not-so-long', 409, `The log has ${closing.size} leaves, fewer than ${since}.`);
    const wanted = [...events.map(({ seq }) => seq), closing.size - 1];
    const shared = await this.#tiles.of(sharedRanges(wanted, closing.size));
    const kept = since === undefined ? undefined : await this.consistency(since, closing.size);
    return {
      format: 'openics-audit-list/1',
      subject,
      checkpoint: closing.note + lines.join(''),
      closing: { register: closing.register.toString('base64'), atMs: closing.at.getTime() },
      register: { bucket: bucket.toString('base64'), path: path.map(textOrNothing) },
      events: events.map(({ seq, event, personHead, userHead, opened }) => ({
        seq,
        event,
        other: (subject.kind === 'person' ? userHead : personHead)?.toString('base64') ?? '',
        ...(opened === undefined ? {} : { opened }),
      })),
      proof: shared.map(textOf),
      ...(kept === undefined ? {} : { since: { size: since!, proof: kept.map(textOf) } }),
    };
  }

  /** One list at a time looks at the register, so that it is never asked for what was before. */
  #inTurn<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#db.transaction(work, { readOnlySnapshot: true }));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #refresh(tx: Tx, { size }: ClosingRow): Promise<void> {
    await refreshRegister(tx, this.#register, { from: this.#registerSize, to: size });
    this.#registerSize = size;
  }
}

const textOf = (hash: Uint8Array): string =>
  Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('base64');

const textOrNothing = (hash: Uint8Array): string => (isSameBytes(hash, nothing) ? '' : textOf(hash));
