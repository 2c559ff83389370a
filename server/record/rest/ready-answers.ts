import type { Lease } from '../../platform/db/index.ts';
import { LatestFew } from '../../platform/latest-few.ts';
import { namesOf } from '../store/index.ts';
import type { Answer } from './call.ts';

/** An answer as it goes out: names and values of its headers in turn, and its body. */
export type Ready = { headers: readonly string[]; body: Buffer | string };

type Kept = Ready & { mark: number; names: readonly string[] };

/** What a kept answer takes in memory beside its bytes, about. */
const keptSize = 1_000;

/**
 * Keeps answers that are sent again without asking the database, while the lease says that nothing they rest on was changed by
 * anybody. Without the lease it gives nothing.
 */
export class ReadyAnswers {
  readonly #lease: Lease;
  readonly #kept: LatestFew<Kept>;

  constructor(options: { lease: Lease; mostBytes: number }) {
    this.#lease = options.lease;
    this.#kept = new LatestFew(options.mostBytes);
  }

  /** The answer to what `key` names in full, if it is as fresh as one made now. */
  get(key: string): Ready | undefined {
    const kept = this.#kept.get(key);
    return kept !== undefined && this.#lease.isUnchanged(kept.mark, kept.names) ? kept : undefined;
  }

  /** Take it before an answer is made that is to be kept. */
  mark(): number | undefined {
    return this.#lease.mark();
  }

  keep(key: string, mark: number, rests: NonNullable<Answer['dependsOn']>, ready: Ready): void {
    const size = ready.body.length + keptSize;
    this.#kept.set(key, { ...ready, mark, names: namesOf(rests) }, size);
  }
}
