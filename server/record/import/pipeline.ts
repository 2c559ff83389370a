import { keyOf } from '../store/index.ts';
import { typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { Committer } from './commit.ts';
import { Group, type FileProgress } from './group.ts';
import { uuidOf } from './identity.ts';
import type { Portion } from './portion.ts';

const rowsInGroup = 8_000;
const charactersInGroup = 12 * 1024 * 1024;
const itemsInGroup = 500;

/**
 * Gathers portions into groups and writes them, one group at a time and in order, while the next is being read. A fault
 * of the database surfaces at the next call.
 */
export class Pipeline {
  group = new Group();
  readonly #committer: Committer;
  /** The group being written. */
  #writing: Group | undefined;
  #written: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | undefined;
  readonly #onWritten: (entries: number) => void;

  constructor(committer: Committer, onWritten: (entries: number) => void) {
    this.#committer = committer;
    this.#onWritten = onWritten;
  }

  /** A second change of one resource waits until the first is written, unless both are the same. */
  async take(file: FileProgress, portion: Portion): Promise<void> {
    if (portion.piece !== undefined && this.group.clashesWith(portion.piece.batch)) await this.flush();
    const { group } = this;
    group.add(file, portion);
    const isFull =
      group.rows >= rowsInGroup ||
      group.characters >= charactersInGroup ||
      group.items.length >= itemsInGroup ||
      group.postponed.length >= rowsInGroup;
    if (isFull && (portion.isBundleEnd || group.rows >= 2 * rowsInGroup || group.rows === 0))
      await this.flush();
  }

  /** Hands the group over to be written, once the one before it is. */
  async flush(): Promise<void> {
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

  /** Writes what there is when it may hold what a link stands for. True when it was written. */
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
}

function holds(group: Group, link: string): boolean {
  const id = uuidOf(link);
  if (id === undefined) return group.types.has(link.slice(0, Math.max(0, link.indexOf('?'))));
  const rid = ridOf(id);
  for (const type of group.types) {
    if (group.keys.has(keyOf({ rid, typeNumber: typeNumber(type) }))) return true;
  }
  return false;
}
