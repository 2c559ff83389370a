import { isSameBytes, joinBytes, toHex, utf8, type Bytes } from './bytes.ts';
import { sha256 } from './sha256.ts';

/** Whose list an event stands in: the person it was about, and the user who did it. */
export type SubjectKind = 'person' | 'user';

/** The running hash of an empty list. It names the subject, so that no list can be passed off as another's. */
export const firstHead = (kind: SubjectKind, id: string): Bytes =>
  sha256(utf8(`openics-audit/1 ${kind} ${id}`));

const step = new Uint8Array(73);
const stepView = new DataView(step.buffer);

/** The running hash after the `count`-th event of a list (1 for the first). */
export function nextHead(head: Uint8Array, count: number, eventHash: Uint8Array): Bytes {
  step[0] = 0x10;
  step.set(head, 1);
  stepView.setUint32(33, Math.floor(count / 0x100000000));
  stepView.setUint32(37, count >>> 0);
  step.set(eventHash, 41);
  return sha256(step);
}

/** Bytes of a subject's key, and of one entry of a bucket: key and running hash. */
export const keyLength = 16;
export const entryLength = 48;
/** Buckets are the leaves of a tree of this depth. */
export const mapDepth = 18;

/** The key under which the register of lists holds a subject: the beginning of its first running hash. */
export const subjectKey = (first: Uint8Array): Uint8Array => first.subarray(0, keyLength);

/** The bucket a key belongs to: its first 18 bits. */
export const bucketOf = (key: Uint8Array): number =>
  ((key[0]! << 10) | (key[1]! << 2) | (key[2]! >>> 6)) >>> 0;

/** The hash of nothing in this register: a bucket without entries, a branch without buckets. */
export const nothing: Bytes = new Uint8Array(32);

/** The hash of a bucket: its entries in the order of their keys. */
export const bucketHash = (entries: Uint8Array): Bytes =>
  entries.length === 0 ? nothing : sha256(joinBytes([0x20], entries));

const isNothing = (hash: Uint8Array): boolean => isSameBytes(hash, nothing);

const branch = new Uint8Array(65);

export function branchHash(left: Uint8Array, right: Uint8Array): Bytes {
  if (isNothing(left) && isNothing(right)) return nothing;
  branch[0] = 0x21;
  branch.set(left, 1);
  branch.set(right, 33);
  return sha256(branch);
}

/** What shows where a subject's list stands: its whole bucket, and the way from there to the root of the register. */
export type ListProof = { bucket: Uint8Array; path: readonly Uint8Array[] };

/**
 * The running hash the register holds for a key, or undefined when it holds none. Throws when the proof does not lead to the
 * root, or when a bucket could hide a second entry.
 */
export function headIn(
  root: Uint8Array,
  key: Uint8Array,
  { bucket, path }: ListProof,
): Uint8Array | undefined {
  if (path.length !== mapDepth) throw new Error('The way to the root of the register has the wrong length.');
  if (bucket.length % entryLength !== 0) throw new Error('A bucket of the register is cut.');
  const place = bucketOf(key);
  let hash: Uint8Array = bucketHash(bucket);
  for (let level = 0; level < mapDepth; level++) {
    const isRight = ((place >>> level) & 1) === 1;
    hash = isRight ? branchHash(path[level]!, hash) : branchHash(hash, path[level]!);
  }
  if (!isSameBytes(hash, root)) throw new Error('The register of lists is not the one that was signed.');
  let found: Uint8Array | undefined;
  let before = '';
  for (let at = 0; at < bucket.length; at += entryLength) {
    const each = bucket.subarray(at, at + keyLength);
    const name = toHex(each);
    if (name <= before || bucketOf(each) !== place)
      throw new Error('A bucket of the register is not in order.');
    before = name;
    if (isSameBytes(each, key)) found = bucket.subarray(at + keyLength, at + entryLength);
  }
  return found;
}
