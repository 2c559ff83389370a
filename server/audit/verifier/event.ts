import { fromBase64, joinBytes, toBase64, uint64, utf8, type Bytes } from './bytes.ts';
import { canonicalJson } from './canonical.ts';
import { sha256 } from './sha256.ts';

/** One event as it is hashed. It holds no personal text: `text` is what commits to it. */
export type LoggedEvent = {
  readonly id: string;
  /** A moment in UTC with milliseconds. */
  readonly at: string;
  readonly kind: string;
  readonly outcome: string;
  readonly user: string;
  readonly organisation?: string;
  readonly role?: string;
  readonly purpose?: string;
  readonly person?: string;
  readonly request?: string;
  readonly resource?: string;
  readonly rule?: string;
  /** SHA-256 of salt and personal text, in base64. */
  readonly text?: string;
};

/** A personal text with the salt that opens its commitment. Both may be erased; the event stays. */
export type OpenedText = { salt: string; text: string };

/** The hash of an event: SHA-256 of its canonical JSON. */
export const eventHash = (event: LoggedEvent): Bytes => sha256(utf8(canonicalJson(event)));

/** What stands in an event for a personal text: SHA-256 of salt and text, in base64. */
export const commitmentOf = ({ salt, text }: OpenedText): string =>
  toBase64(sha256(joinBytes(fromBase64(salt), utf8(text))));

/** The data of the leaf of an event. An event about nobody has 32 zeros for the person. */
export function eventLeaf(hash: Uint8Array, personHead: Uint8Array, userHead: Uint8Array): Bytes {
  const data = new Uint8Array(97);
  data[0] = 1;
  data.set(hash, 1);
  data.set(personHead, 33);
  data.set(userHead, 65);
  return data;
}

/** What ends each signed part of the log: the register of all lists, and the time. */
export type Closing = { register: Uint8Array; atMs: number };

/** The data of the leaf of a closing. */
export const closingLeaf = ({ register, atMs }: Closing): Bytes => joinBytes([2], register, uint64(atMs));
