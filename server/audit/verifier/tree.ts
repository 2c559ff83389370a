import { isSameBytes, type Bytes } from './bytes.ts';
import { sha256 } from './sha256.ts';

/** The hash of a leaf. Source: RFC 9162, section 2.1.1. */
export function leafHash(data: Uint8Array): Bytes {
  const marked = new Uint8Array(data.length + 1);
  marked.set(data, 1);
  return sha256(marked);
}

const pair = new Uint8Array(65);

/** The hash of an inner node. Source: RFC 9162, section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  pair[0] = 1;
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

/** The root of a tree without leaves: the hash of nothing. */
export const emptyRoot: Bytes = sha256(new Uint8Array(0));

/** The largest power of two below a size of at least 2: where its left subtree ends. */
export function splitOf(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/**
 * True when `proof` shows that the leaf is at `index` of the tree of `size` leaves with this root.
 * Source: RFC 9162, section 2.1.3.2.
 */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  tree: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= tree.size) return false;
  let node = index;
  let last = tree.size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSameBytes(hash, tree.root);
}

/**
 * True when `proof` shows that the earlier tree is the beginning of the later one. Everything begins with the empty tree.
 * Source: RFC 9162, section 2.1.4.2.
 */
export function isExtension(
  earlier: { size: number; root: Uint8Array },
  later: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return proof.length === 0 && isSameBytes(earlier.root, later.root);
  if (earlier.size === 0) return proof.length === 0 && isSameBytes(earlier.root, emptyRoot);
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  let node = earlier.size - 1;
  let last = later.size - 1;
  while (node % 2 === 1) {
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  const [first, ...others] = path;
  if (first === undefined) return false;
  let before = first;
  let after = first;
  for (const hash of others) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      before = nodeHash(hash, before);
      after = nodeHash(hash, after);
      while (node % 2 === 0 && node !== 0) {
        node /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      after = nodeHash(after, hash);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && isSameBytes(before, earlier.root) && isSameBytes(after, later.root);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

/**
 * The root that some leaves and a shared proof lead to. The proof holds the hash of each largest subtree without a wanted
 * leaf, from left to right. Throws when the proof is too short or too long. `leaves` are by their index.
 */
export function rootOfSome(
  leaves: ReadonlyMap<number, Uint8Array>,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array {
  const wanted = [...leaves.keys()].sort((a, b) => a - b);
  if (wanted.length > 0 && (wanted[0]! < 0 || wanted.at(-1)! >= size))
    throw new Error('A leaf lies outside the tree.');
  let used = 0;
  const rootBetween = (from: number, to: number, first: number, last: number): Uint8Array => {
    if (first === last) {
      const hash = proof[used++];
      if (hash === undefined) throw new Error('The proof is too short.');
      return hash;
    }
    if (to - from === 1) return leaves.get(from)!;
    const middle = from + splitOf(to - from);
    let split = first;
    while (split < last && wanted[split]! < middle) split++;
    const left = rootBetween(from, middle, first, split);
    return nodeHash(left, rootBetween(middle, to, split, last));
  };
  const root = size === 0 ? emptyRoot : rootBetween(0, size, 0, wanted.length);
  if (used !== proof.length) throw new Error('The proof is too long.');
  return root;
}

/** A growing tree that keeps only the roots of its full subtrees: enough to append and to tell the root. */
export class Frontier {
  #size = 0;
  readonly #roots: Uint8Array[] = [];

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let hash = leaf;
    let rest = this.#size;
    for (; rest % 2 === 1; rest = Math.floor(rest / 2)) hash = nodeHash(this.#roots.pop()!, hash);
    this.#roots.push(hash);
    this.#size++;
  }

  root(): Uint8Array {
    let hash: Uint8Array | undefined;
    for (let i = this.#roots.length - 1; i >= 0; i--)
      hash = hash === undefined ? this.#roots[i]! : nodeHash(this.#roots[i]!, hash);
    return hash ?? emptyRoot;
  }
}
