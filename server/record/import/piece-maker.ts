import { Problem } from '../../platform/errors.ts';
import { toPlain } from '../formats/index.ts';
import { isResourceType, typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { Preparer } from '../store/index.ts';
import type { MadeReady, Piece } from './portion.ts';
import type { Missing } from './store-jobs.ts';
import type { Admitted, QuarantineItem } from './types.ts';

/** One change on its way to the record. */
export type Pending = Extract<Admitted, { kind: 'change' }> & { isRepeated: boolean };

const mostAdmitted = 100_000;

/** Makes admitted changes ready to be written, and keeps their texts until they are. */
export class PieceMaker {
  readonly #preparer: Preparer;
  /** What this run has admitted lately: what refers to it is not missing. */
  readonly #admitted = new Set<string>();

  constructor(preparer: Preparer) {
    this.#preparer = preparer;
  }

  /** Makes a piece of what can be made ready; `refuse` is told of the others. */
  pieceOf(pending: Pending[], refuse: (item: QuarantineItem) => void): Piece | undefined {
    if (pending.length === 0) return undefined;
    try {
      return this.#made(pending);
    } catch (error) {
      const twice =
        error instanceof Problem && error.code === 'record/changed-twice' ? Number(error.place) : -1;
      const sound = pending.filter((each, index) => {
        const reason = index === twice ? unindexable(error) : this.#faultOf(each);
        if (reason !== undefined) refuse(each.item('exception', reason));
        return reason === undefined;
      });
      if (sound.length === pending.length) throw error;
      return this.pieceOf(sound, refuse);
    }
  }

  #made(pending: Pending[]): Piece {
    return {
      ...this.#ready(pending),
      told: {
        item: async (row, code, reason) => pending[row]!.item(code, reason),
        only: async (rows) => this.#ready(rows.map((row) => pending[row]!)),
        release: () => undefined,
      },
    };
  }

  #ready(pending: Pending[]): MadeReady {
    const changes = pending.map((each) => each.change ?? each.remake());
    const batch = this.#preparer.batchOf(changes, toPlain);
    for (const each of pending) each.change = undefined;
    return {
      batch,
      isRepeated: Uint8Array.from(pending, (each) => (each.isRepeated ? 1 : 0)),
      wanted: this.#wanted(pending),
      characters: pending.reduce((sum, each) => sum + each.length, 0),
    };
  }

  #faultOf(pending: Pending): string | undefined {
    try {
      this.#preparer.batchOf([pending.change ?? pending.remake()], toPlain);
      return undefined;
    } catch (error) {
      return unindexable(error);
    }
  }

  #wanted(pending: Pending[]): Missing[] {
    if (this.#admitted.size > mostAdmitted) this.#admitted.clear();
    for (const { name, deletes } of pending) if (!deletes) this.#admitted.add(name);
    const wanted = new Map<string, Missing>();
    for (const { targets } of pending) {
      for (const target of targets) if (!this.#admitted.has(target)) mention(wanted, target);
    }
    return [...wanted.values()];
  }
}

function mention(wanted: Map<string, Missing>, target: string): void {
  const before = wanted.get(target);
  if (before !== undefined) {
    before.mentions += 1;
    return;
  }
  const at = target.indexOf('/');
  const type = target.slice(0, at);
  if (!isResourceType(type)) return;
  wanted.set(target, { target, rid: ridOf(target.slice(at + 1)), type: typeNumber(type), mentions: 1 });
}

/** The message of an error may quote the resource, so only its kind is told. */
const unindexable = (error: unknown): string =>
  `Its search values cannot be made (${error instanceof Problem ? error.code : error instanceof Error ? error.name : 'error'}).`;
