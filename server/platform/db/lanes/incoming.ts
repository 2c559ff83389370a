/** What is done with each message: its letter, and where its body stands in `bytes`. */
export type OnMessage = (code: number, bytes: Buffer, from: number, to: number) => void;

const headerLength = 5;

/** Cuts what PostgreSQL sends into messages. A message in several pieces is put together once, when all of it is there. */
export class Incoming {
  readonly #onMessage: OnMessage;
  #pieces: Buffer[] = [];
  #size = 0;
  #need = headerLength;

  constructor(onMessage: OnMessage) {
    this.#onMessage = onMessage;
  }

  take(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size < this.#need) return;
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces, this.#size);
    let at = 0;
    this.#need = headerLength;
    while (bytes.length - at >= headerLength) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      if (end > bytes.length) {
        this.#need = end - at;
        break;
      }
      this.#onMessage(bytes[at]!, bytes, at + headerLength, end);
      at = end;
    }
    this.#pieces = at === bytes.length ? [] : [bytes.subarray(at)];
    this.#size = bytes.length - at;
  }
}
