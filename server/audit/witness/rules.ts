import {
  hashFromBase64,
  isExtension,
  isSameBytes,
  emptyRoot,
  openCheckpoint,
  readCheckpoint,
  readNote,
  type Checkpoint,
} from '../verifier/index.ts';

/** A log asks to have a checkpoint co-signed: from which size, with what proof. Source: C2SP tlog-witness. */
export type Wish = { oldSize: number; proof: Uint8Array[]; note: string; checkpoint: Checkpoint };

/** Reads the body of such a request, or gives undefined. */
export function readWish(body: string): Wish | undefined {
  const split = body.indexOf('\n\n');
  if (split < 0) return undefined;
  const [first = '', ...hashes] = body.slice(0, split).split('\n');
  const size = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  if (size === undefined || hashes.length > 63) return undefined;
  const note = body.slice(split + 2);
  try {
    const proof = hashes.map(hashFromBase64);
    return { oldSize: Number(size), proof, note, checkpoint: readCheckpoint(readNote(note).text) };
  } catch {
    return undefined;
  }
}

/** What the witness knows of a log: its keys, and the last checkpoint it co-signed. */
export type Followed = { keys: readonly string[]; size: number; note: string | null };

export type Verdict =
  { sign: true } | { sign: false; status: 400 | 403 | 404 | 409 | 422; reason: string; size?: number };

const refuse = (status: 400 | 403 | 404 | 409 | 422, reason: string, size?: number): Verdict => ({
  sign: false,
  status,
  reason,
  ...(size === undefined ? {} : { size }),
});

/** May a witness co-sign this? Only what continues what it co-signed before. Statuses are those of C2SP tlog-witness. */
export async function judge(wish: Wish, followed: Followed | undefined): Promise<Verdict> {
  if (followed === undefined) return refuse(404, 'This log is not followed here.');
  try {
    await openCheckpoint(wish.note, { keys: followed.keys });
  } catch {
    return refuse(403, 'The checkpoint is not signed by the log.');
  }
  const { checkpoint, oldSize, proof } = wish;
  if (oldSize > checkpoint.size) return refuse(400, 'The old size is larger than the new one.');
  if (oldSize !== followed.size) return refuse(409, 'Another size was co-signed last.', followed.size);
  if (checkpoint.size === 0 && !isSameBytes(checkpoint.root, emptyRoot))
    return refuse(422, 'An empty log has another root.');
  const before =
    followed.note === null ? { size: 0, root: emptyRoot } : readCheckpoint(readNote(followed.note).text);
  if (!isExtension(before, checkpoint, proof))
    return refuse(422, 'The checkpoint does not continue the one that was co-signed last.');
  return { sign: true };
}
