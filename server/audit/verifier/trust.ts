import { isSameBytes } from './bytes.ts';
import { readCheckpoint, readKey, readNote, signersOf, type Checkpoint, type Witnessed } from './note.ts';
import { isExtension } from './tree.ts';

/** Whom the one who checks believes. Keys are lines of text, got another way than the proof itself. */
export type Trust = {
  /** Keys of the log, old ones included. One must have signed. */
  keys: readonly string[];
  witnesses?: readonly string[];
  /** How many of the witnesses must have signed: without any, a log could show two people two histories. */
  required?: number;
  /** A checkpoint the checker kept from before: the new one must continue it. */
  held?: string;
};

export type SignedCheckpoint = Checkpoint & { witnesses: Witnessed[] };

/** Reads a checkpoint and checks who signed it. Throws, saying what is wrong. */
export async function openCheckpoint(note: string, trust: Trust): Promise<SignedCheckpoint> {
  const read = readNote(note);
  const checkpoint = readCheckpoint(read.text);
  const logs = trust.keys.map(readKey);
  if (logs.some(({ name }) => name !== checkpoint.origin))
    throw new Error('The checkpoint is of another log than the one that is trusted.');
  const witnesses = (trust.witnesses ?? []).map(readKey);
  const signers = await signersOf(read, [...logs, ...witnesses]);
  if (signers.logs.length === 0) throw new Error('The checkpoint is not signed by the log.');
  if (signers.witnesses.length < (trust.required ?? 0))
    throw new Error(
      `The checkpoint is signed by ${signers.witnesses.length} witnesses; ${trust.required} are required.`,
    );
  return { ...checkpoint, witnesses: signers.witnesses };
}

/** Throws when the checkpoint does not continue the one that was kept. */
export async function mustContinue(
  checkpoint: Checkpoint,
  trust: Trust,
  proofFrom: (size: number) => readonly Uint8Array[] | undefined,
): Promise<void> {
  if (trust.held === undefined) return;
  const held = await openCheckpoint(trust.held, { keys: trust.keys });
  if (held.size > checkpoint.size)
    throw new Error('The proof is older than the checkpoint you kept. Ask for a new one.');
  if (held.size === checkpoint.size && !isSameBytes(held.root, checkpoint.root))
    throw new Error('The log showed another history before: two trees of one size differ.');
  const proof = held.size === checkpoint.size ? [] : proofFrom(held.size);
  if (proof === undefined)
    throw new Error(`The proof does not show that the log continues the checkpoint of size ${held.size}.`);
  if (!isExtension(held, checkpoint, proof))
    throw new Error('The log showed another history before: the new tree does not continue the old one.');
}
