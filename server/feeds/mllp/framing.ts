/** Bytes around a message. Source: HL7 Transport Specification, MLLP, release 1. */
export const startBlock = 0x0b;
export const endBlock = 0x1c;
export const carriageReturn = 0x0d;

/** What came out of a stream of bytes. */
export type Frame =
  | { kind: 'message'; bytes: Buffer }
  /** Longer than is taken; `bytes` is its beginning. The rest is passed over. */
  | { kind: 'too-long'; bytes: Buffer }
  /** It ended without having begun. */
  | { kind: 'no-start'; bytes: Buffer };

const headLength = 4096;
const nothing = Buffer.alloc(0);
const restart = Buffer.from([startBlock, 0x4d, 0x53, 0x48]);

/** Puts a message between its block characters. */
export function framed(bytes: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(bytes.length + 3);
  frame[0] = startBlock;
  frame.set(bytes, 1);
  frame[bytes.length + 1] = endBlock;
  frame[bytes.length + 2] = carriageReturn;
  return frame;
}

/**
 * Cuts a stream of bytes into messages, however it is broken into pieces. Bytes between messages are passed over; a message that
 * begins anew before its end is taken from its new beginning; the carriage return after the end is not waited for.
 */
export class FrameReader {
  readonly #longest: number;
  #state: 'outside' | 'inside' | 'passing' = 'outside';
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** True while a message has begun and not ended. */
  get isInside(): boolean {
    return this.#state !== 'outside';
  }

  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let rest = chunk;
    while (rest.length > 0)
      rest = this.#state === 'outside' ? this.#outside(rest, frames) : this.#inside(rest, frames);
    return frames;
  }

  #outside(chunk: Buffer, frames: Frame[]): Buffer {
    const start = chunk.indexOf(startBlock);
    const end = chunk.indexOf(endBlock);
    if (end >= 0 && (start < 0 || end < start)) {
      this.#keepHead(chunk.subarray(0, end));
      const bytes = this.#take();
      if (!isBlank(bytes)) frames.push({ kind: 'no-start', bytes });
      return chunk.subarray(end + 1);
    }
    if (start < 0) {
      this.#keepHead(chunk);
      return nothing;
    }
    this.#take();
    this.#state = 'inside';
    return chunk.subarray(start + 1);
  }

  #inside(chunk: Buffer, frames: Frame[]): Buffer {
    const end = chunk.indexOf(endBlock);
    const part = end < 0 ? chunk : chunk.subarray(0, end);
    if (this.#state === 'inside') {
      this.#add(part);
      if (this.#length > this.#longest) {
        frames.push({ kind: 'too-long', bytes: this.#take().subarray(0, headLength) });
        this.#state = 'passing';
      }
    }
    if (end < 0) return nothing;
    if (this.#state === 'inside') {
      const bytes = this.#take();
      const again = bytes.lastIndexOf(restart);
      frames.push({ kind: 'message', bytes: again < 0 ? bytes : bytes.subarray(again + 1) });
    }
    this.#state = 'outside';
    return chunk.subarray(end + 1);
  }

  #add(part: Buffer): void {
    if (part.length === 0) return;
    this.#pieces.push(part);
    this.#length += part.length;
  }

  /** Of bytes outside a message only the beginning is kept, to answer what has no start. */
  #keepHead(part: Buffer): void {
    if (this.#length < headLength) this.#add(part.subarray(0, headLength - this.#length));
  }

  #take(): Buffer {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return bytes;
  }
}

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte === 13 || byte === 10 || byte === 32);
