/** A buffer that grew beyond this for one long piece is let go afterwards. */
const largeCapacity = 8 * 1024 * 1024;

/**
 * The part of a byte stream that is being looked at. Bytes before `keep` are dropped when more are read, so a
 * stream of any length passes through a small buffer.
 */
export class ByteWindow {
  bytes: Buffer;
  end = 0;
  /** True when the source has no more. */
  ended = false;
  readonly #source: AsyncIterator<Buffer>;
  #line = 1;
  /** Where the present line begins, relative to `bytes`; negative when that was dropped. */
  #lineStart = 0;
  #counted = 0;

  constructor(source: AsyncIterable<Buffer>, capacity = 1 << 18) {
    this.#source = source[Symbol.asyncIterator]();
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** A window over bytes that are all there, such as one line of a longer input. */
  static over(bytes: Buffer, line = 1): ByteWindow {
    const window = new ByteWindow(none(), 0);
    window.bytes = bytes;
    window.end = bytes.length;
    window.ended = true;
    window.#line = line;
    return window;
  }

  /**
   * Drops what lies before `keep` and reads on, at least as much as was kept, so that a long piece is not looked at
   * over and over. Positions shift down by `keep`. False when nothing more came; then nothing is dropped.
   */
  async more(keep: number): Promise<boolean> {
    let next = await this.#next();
    if (next === undefined) return false;
    this.#drop(keep);
    const wanted = Math.max(this.end, 1 << 16);
    for (let came = 0; next !== undefined; next = came < wanted ? await this.#next() : undefined) {
      this.#append(next);
      came += next.length;
    }
    return true;
  }

  /** Line and column of a position, both from 1. Positions must be asked for in ascending order. */
  placeOf(position: number): { line: number; column: number } {
    this.#countTo(position);
    return { line: this.#line, column: position - this.#lineStart + 1 };
  }

  /** As `placeOf`, for a position further on that may be gone back behind. */
  placeAhead(position: number): { line: number; column: number } {
    let line = this.#line;
    let lineStart = this.#lineStart;
    const passed = this.bytes.subarray(this.#counted, Math.max(position, this.#counted));
    for (let found = passed.indexOf(0x0a); found !== -1; found = passed.indexOf(0x0a, found + 1)) {
      line += 1;
      lineStart = this.#counted + found + 1;
    }
    return { line, column: position - lineStart + 1 };
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.ended) return undefined;
    const next = await this.#source.next();
    if (next.done !== true) return next.value;
    this.ended = true;
    return undefined;
  }

  async close(): Promise<void> {
    this.ended = true;
    await this.#source.return?.();
  }

  #countTo(position: number): void {
    if (position <= this.#counted) return;
    const place = this.placeAhead(position);
    this.#line = place.line;
    this.#lineStart = position + 1 - place.column;
    this.#counted = position;
  }

  #drop(keep: number): void {
    if (keep === 0) return;
    this.#countTo(keep);
    const kept = this.end - keep;
    if (this.bytes.length > largeCapacity && kept * 2 < largeCapacity) {
      const smaller = Buffer.allocUnsafeSlow(largeCapacity);
      this.bytes.copy(smaller, 0, keep, this.end);
      this.bytes = smaller;
    } else this.bytes.copyWithin(0, keep, this.end);
    this.end = kept;
    this.#lineStart -= keep;
    this.#counted -= keep;
  }

  #append(chunk: Buffer): void {
    if (this.end + chunk.length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.end + chunk.length));
      this.bytes.copy(larger, 0, 0, this.end);
      this.bytes = larger;
    }
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
  }
}

async function* none(): AsyncGenerator<Buffer, void, void> {}
