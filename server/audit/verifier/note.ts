import {
  fromBase64,
  hashFromBase64,
  isSameBytes,
  joinBytes,
  toBase64,
  toHex,
  utf8,
  type Bytes,
} from './bytes.ts';
import { sha256 } from './sha256.ts';

/** Who may sign, and how: `log` signs a note as it is, `witness` states when it saw it. */
export type NoteKey = { name: string; id: Bytes; kind: 'log' | 'witness'; publicKey: Bytes };

export type NoteSignature = { name: string; id: Bytes; signature: Bytes };

/** A text, and who signed it. Source: C2SP signed-note. */
export type Note = { text: string; signatures: NoteSignature[] };

/** What a log says of itself. Source: C2SP tlog-checkpoint. */
export type Checkpoint = { origin: string; size: number; root: Bytes };

/** Signature types. Source: C2SP signed-note. */
const typeOfKind = { log: 1, witness: 4 } as const;

/** The four bytes that name a key in a note. */
export function keyIdOf(name: string, kind: NoteKey['kind'], publicKey: Uint8Array): Bytes {
  return sha256(joinBytes(utf8(name), [0x0a, typeOfKind[kind]], publicKey)).slice(0, 4);
}

/** A key as one line of text: `name+id+base64`. */
export const keyText = (key: NoteKey): string =>
  `${key.name}+${toHex(key.id)}+${toBase64(joinBytes([typeOfKind[key.kind]], key.publicKey))}`;

/** Reads such a line. Throws when it is not one, or its id is of another key. */
export function readKey(line: string): NoteKey {
  const [, name, id, material] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(line.trim()) ?? [];
  if (name === undefined || material === undefined) throw new Error('It is not the text of a key.');
  const bytes = fromBase64(material);
  const kind = bytes[0] === typeOfKind.log ? 'log' : bytes[0] === typeOfKind.witness ? 'witness' : undefined;
  if (kind === undefined || bytes.length !== 33) throw new Error('It is not an Ed25519 key.');
  const publicKey = bytes.slice(1);
  const key: NoteKey = { name, kind, publicKey, id: keyIdOf(name, kind, publicKey) };
  if (toHex(key.id) !== id) throw new Error('The id in the text of a key is not its own.');
  return key;
}

/** Reads a signed note. Throws when it is not one. */
export function readNote(note: string): Note {
  const end = note.lastIndexOf('\n\n');
  // oxlint-disable-next-line no-control-regex -- the format forbids them
  if (end < 0 || !note.endsWith('\n') || /[\0-\x09\x0b-\x1f]/.test(note))
    throw new Error('It is not a signed note.');
  const lines = note.slice(end + 2, -1).split('\n');
  const signatures = lines.map((line) => {
    const [, name, material] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
    if (name === undefined || material === undefined) throw new Error('A signature line is not one.');
    const bytes = fromBase64(material);
    if (bytes.length < 5) throw new Error('A signature line is too short.');
    return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
  });
  return { text: note.slice(0, end + 1), signatures };
}

export const signatureLine = ({ name, id, signature }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(joinBytes(id, signature))}\n`;

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint. Throws when it is not one. */
export function readCheckpoint(text: string): Checkpoint {
  const [, origin, size, root] =
    /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/=]+)\n(?:[^\n]+\n)*$/.exec(text) ?? [];
  if (origin === undefined || root === undefined) throw new Error('It is not a checkpoint.');
  return { origin, size: Number(size), root: hashFromBase64(root) };
}

/** What a witness signs: the moment, in seconds since 1970, and the text. Source: C2SP tlog-cosignature. */
export const witnessedText = (text: string, seconds: number): string =>
  `cosignature/v1\ntime ${seconds}\n${text}`;

/** A witness's statement that holds: who made it, and when (milliseconds since 1970). */
export type Witnessed = { name: string; at: number };

/**
 * Which of these keys signed the note. Throws when a signature of a known key does not hold; signatures of others are passed
 * over, as the format asks.
 */
export async function signersOf(
  note: Note,
  keys: readonly NoteKey[],
): Promise<{ logs: NoteKey[]; witnesses: Witnessed[] }> {
  const logs: NoteKey[] = [];
  const witnesses: Witnessed[] = [];
  for (const each of note.signatures) {
    const key = keys.find(({ name, id }) => name === each.name && isSameBytes(id, each.id));
    if (key === undefined) continue;
    if (key.kind === 'log') {
      if (!(await isSigned(key, each.signature, note.text)))
        throw new Error(`The signature of ${key.name} does not hold.`);
      logs.push(key);
      continue;
    }
    const seconds = each.signature.length === 72 ? secondsIn(each.signature) : Number.NaN;
    const signed = Number.isSafeInteger(seconds) ? witnessedText(note.text, seconds) : undefined;
    if (signed === undefined || !(await isSigned(key, each.signature.slice(8), signed)))
      throw new Error(`The signature of the witness ${key.name} does not hold.`);
    if (!witnesses.some(({ name }) => name === key.name))
      witnesses.push({ name: key.name, at: seconds * 1000 });
  }
  return { logs, witnesses };
}

function secondsIn(signature: Bytes): number {
  const view = new DataView(signature.buffer, signature.byteOffset, 8);
  return view.getUint32(0) * 0x100000000 + view.getUint32(4);
}

/** Ed25519, by the browser or Node. Source: RFC 8032. */
async function isSigned(key: NoteKey, signature: Bytes, text: string): Promise<boolean> {
  const imported = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, utf8(text));
}
