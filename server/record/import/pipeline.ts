import { setImmediate as breathe } from 'node:timers/promises';
import type { Committer } from './commit.ts';
import { Group, type FileProgress, type Pending } from './group.ts';
import { uuidOf } from './identity.ts';
import type { PendingWrites } from './resolver.ts';

const rowsInGroup = 2_500;
const charactersInGroup = 12 * 1024 * 1024;
const itemsInGroup = 500;
/** A piece is one bundle where that is neither very short nor very long: links within a piece need no index. */
const shortestPiece = 200;
const longestPiece = 1_000;
const longestBreathMs = 2;

/**
 * Gathers changes into groups and writes them, one group at a time and in order, while the next is being made. A fault of
 * the database surfaces at the next call.
 */
export class Pipeline implements PendingWrites {
  group = new Group();
  readonly #committer: Committer;
  /** The group being written. */
  #writing: Group | undefined;
  #written: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;
  #breathedAt = 0;
  readonly #onWritten: (entries: number) => void;

  constructor(committer: Committer, onWritten: (entries: number) => void) {
    this.#committer = committer;
    this.#onWritten = onWritten;
  }

  /** A second change of one resource waits until the first is written. */
  add(pending: Pending): void | Promise<void> {
    if (this.group.names.has(pending.name)) return this.flush().then(() => this.add(pending));
    this.group.add(pending);
    if (this.group.loose.length >= longestPiece) return this.#makePiece();
    return performance.now() - this.#breathedAt > longestBreathMs ? this.#breathe() : undefined;
  }

  /** Says that `ordinal` entries of a file are settled. Between bundles is a good place to end a piece or a group. */
  reached(file: FileProgress, ordinal: number, isBundleEnd: boolean): void | Promise<void> {
    const { group } = this;
    group.reached.set(file, ordinal);
    const isFull =
      group.rows >= rowsInGroup ||
      group.characters >= charactersInGroup ||
      group.items.length >= itemsInGroup ||
      group.postponed.length >= rowsInGroup;
    if (isFull && (isBundleEnd || group.rows >= 2 * rowsInGroup || group.rows === 0)) return this.flush();
    return isBundleEnd && group.loose.length >= shortestPiece ? this.#makePiece() : undefined;
  }

  /** Hands the group over to be written, once the one before it is. */
  async flush(): Promise<void> {
    if (this.group.loose.length > 0) await this.#makePiece();
    const full = this.group;
    this.group = new Group();
    await this.#settled();
    if (full.isEmpty) return;
    this.#writing = full;
    this.#written = this.#committer.commit(full).then(
      () => this.#onWritten(full.rows),
      (error: unknown) => {
        this.#failure = { error };
      },
    );
  }

  /** Writes everything there is. */
  async drain(): Promise<void> {
    await this.flush();
    await this.#settled();
  }

  async writeIfHolding(link: string): Promise<boolean> {
    if (!holds(this.group, link) && (this.#writing === undefined || !holds(this.#writing, link)))
      return false;
    await this.drain();
    return true;
  }

  async #settled(): Promise<void> {
    await this.#written;
    this.#writing = undefined;
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #makePiece(): Promise<void> {
    const { group } = this;
    const pending = group.loose;
    group.loose = [];
    this.#committer.prepare(group, pending);
    await this.#breathe();
  }

  /** Lets the connection to the database take its turn: it can hold only some 90 rows, so that PostgreSQL starves without. */
  async #breathe(): Promise<void> {
    await breathe();
    this.#breathedAt = performance.now();
  }
}

function holds(group: Group, link: string): boolean {
  const id = uuidOf(link);
  if (id === undefined) return group.types.has(link.slice(0, Math.max(0, link.indexOf('?'))));
  for (const type of group.types) if (group.names.has(`${type}/${id}`)) return true;
  return false;
}
