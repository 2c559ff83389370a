import { branchHash, mapDepth, nothing } from './subjects.ts';

const nodesInPage = 256;

/**
 * The tree over the buckets of the register of lists. Node 1 is the root, 2n and 2n+1 stand below n. Only the parts that hold
 * something take memory: 16 MB when every bucket does.
 */
export class RegisterTree {
  readonly #pages: (Uint8Array | undefined)[] = [];
  #changed = new Set<number>();

  /** Sets the hash of a bucket. */
  set(bucket: number, hash: Uint8Array): void {
    const node = 2 ** mapDepth + bucket;
    this.#write(node, hash);
    this.#changed.add(node);
  }

  root(): Uint8Array {
    for (const _ of this.hashed(Infinity));
    return this.#read(1).slice();
  }

  /** Hashes what changed, so that `root` has nothing left to do. It stops after every `atOnce` hashes, and must be run to its end. */
  *hashed(atOnce: number): Generator<void> {
    let below = this.#changed;
    this.#changed = new Set();
    let done = 0;
    for (let level = 0; level < mapDepth && below.size > 0; level++) {
      const above = new Set<number>();
      for (const node of below) above.add(node >>> 1);
      for (const node of above) {
        this.#write(node, branchHash(this.#read(2 * node), this.#read(2 * node + 1)));
        if (++done % atOnce === 0) yield;
      }
      below = above;
    }
  }

  /** The hashes beside the way from a bucket to the root, from below. Ask after `root`. */
  path(bucket: number): Uint8Array[] {
    const beside: Uint8Array[] = [];
    for (let node = 2 ** mapDepth + bucket; node > 1; node >>>= 1) beside.push(this.#read(node ^ 1).slice());
    return beside;
  }

  #read(node: number): Uint8Array {
    const page = this.#pages[Math.floor(node / nodesInPage)];
    const at = 32 * (node % nodesInPage);
    return page === undefined ? nothing : page.subarray(at, at + 32);
  }

  #write(node: number, hash: Uint8Array): void {
    const page = (this.#pages[Math.floor(node / nodesInPage)] ??= new Uint8Array(32 * nodesInPage));
    page.set(hash, 32 * (node % nodesInPage));
  }
}
