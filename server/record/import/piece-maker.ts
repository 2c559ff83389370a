import { Problem } from '../../platform/errors.ts';
import { toPlain } from '../formats/index.ts';
import { isResourceType, typeNumber } from '../resource-types.ts';
import { ridOf } from '../rid.ts';
import type { Batch, Preparer } from '../store/index.ts';
import type { MadeReady, Piece } from './portion.ts';
import type { Missing } from './store-jobs.ts';
import type { Admitted, QuarantineItem } from './types.ts';

type AdmittedChange = Extract<Admitted, { kind: 'change' }>;
type Waiting = { admitted: AdmittedChange; isRepeated: boolean };

const mostAdmitted = 100_000;

/** Makes admitted changes ready to be written, and keeps their texts until they are. */
export class PieceMaker {
  readonly #preparer: Preparer;
  /** What this run has admitted lately: what refers to it is not missing. */
  readonly #admitted = new Set<string>();
  #waiting: Waiting[] = [];

  constructor(preparer: Preparer) {
    this.#preparer = preparer;
  }

  /** How many changes the next piece will have. */
  get count(): number {
    return this.#waiting.length;
  }

  /** Adds a change to the next piece. */
  add(admitted: AdmittedChange, isRepeated: boolean): void {
    this.#waiting.push({ admitted, isRepeated });
  }

  /** The piece made of all that was added since the last one, and what could not be made ready. */
  take(): { piece: Piece | undefined; refused: QuarantineItem[] } {
    const refused: QuarantineItem[] = [];
    const sound = this.#soundOf(this.#waiting, refused);
    this.#waiting = [];
    if (sound.waiting.length === 0) return { piece: undefined, refused };
    const kept = sound.waiting.map((each) => each.admitted);
    const isRepeated = sound.waiting.map((each) => each.isRepeated);
    for (const each of kept) each.change = each.written = undefined;
    const piece: Piece = {
      ...this.#ready(kept, isRepeated, sound.batch),
      told: {
        item: async (row, code, reason) => kept[row]!.item(code, reason),
        only: async (rows) =>
          this.#again(
            rows.map((row) => kept[row]!),
            rows.map((row) => isRepeated[row]!),
          ),
        release: () => undefined,
      },
    };
    return { piece, refused };
  }

  /** Those that can be made ready, and their batch. When one cannot, each is tried by itself. */
  #soundOf(waiting: Waiting[], refused: QuarantineItem[]): { waiting: Waiting[]; batch: Batch } {
    try {
      return { waiting, batch: this.#batchOf(waiting) };
    } catch (error) {
      const twice = isChangedTwice(error) ? Number(error.place) : -1;
      const sound = waiting.filter((each, index) => {
        const reason = index === twice ? unindexable(error) : this.#faultOf(each);
        if (reason !== undefined) refused.push(each.admitted.item('exception', reason));
        return reason === undefined;
      });
      if (sound.length === waiting.length) throw error;
      return this.#soundOf(sound, refused);
    }
  }

  #batchOf(waiting: Waiting[]): Batch {
    return this.#preparer.batchOf(
      waiting.map(({ admitted }) => admitted.change ?? admitted.remake()),
      (resource, index) => (waiting[index]!.admitted.isPlain ? resource : toPlain(resource)),
      waiting.map(({ admitted }) => admitted.written),
    );
  }

  #faultOf(waiting: Waiting): string | undefined {
    try {
      this.#batchOf([waiting]);
      return undefined;
    } catch (error) {
      return unindexable(error);
    }
  }

  #again(kept: AdmittedChange[], isRepeated: boolean[]): MadeReady {
    const changes = kept.map((each) => each.remake());
    return this.#ready(kept, isRepeated, this.#preparer.batchOf(changes, toPlain));
  }

  #ready(kept: AdmittedChange[], isRepeated: boolean[], batch: Batch): MadeReady {
    return {
      batch,
      isRepeated: Uint8Array.from(isRepeated, Number),
      wanted: this.#wanted(kept),
      characters: kept.reduce((sum, each) => sum + each.length, 0),
    };
  }

  #wanted(kept: AdmittedChange[]): Missing[] {
    if (this.#admitted.size > mostAdmitted) this.#admitted.clear();
    for (const { name, deletes } of kept) if (!deletes) this.#admitted.add(name);
    const wanted = new Map<string, Missing>();
    for (const { targets } of kept) {
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

const isChangedTwice = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === 'record/changed-twice';

/** The message of an error may quote the resource, so only its kind is told. */
const unindexable = (error: unknown): string =>
  `Its search values cannot be made (${error instanceof Problem ? error.code : error instanceof Error ? error.name : 'error'}).`;
