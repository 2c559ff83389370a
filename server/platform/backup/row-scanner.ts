import { hash } from 'node:crypto';

/** How many rows a table has, and a hash of them that does not depend on their order. */
export type RowSum = { rows: number; hash: string };

const signatureBytes = 11;
const headerBytes = signatureBytes + 8;

/**
 * Reads PostgreSQL's binary COPY stream, counts its rows and sums a hash of each.
 * The hash of the table is the sum, lane by lane, of the first 16 bytes of each row's SHA-256: the same rows in any
 * order give the same sum. Source of the format: PostgreSQL manual, COPY, binary format.
 */
export class RowScanner {
  readonly #lanes = new Uint32Array(4);
  #rows = 0;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #needed = headerBytes;
  #state: 'header' | 'rows' | 'ended' = 'header';

  feed(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes < this.#needed) return;
    const bytes = this.#waiting.length === 1 ? chunk : Buffer.concat(this.#waiting, this.#waitingBytes);
    const used = this.#scan(bytes);
    this.#waiting = used < bytes.length ? [bytes.subarray(used)] : [];
    this.#waitingBytes = bytes.length - used;
  }

  /** The sum of all rows. Throws when the stream stopped before its end mark. */
  end(): RowSum {
    if (this.#state !== 'ended') throw new Error('The rows of a table were cut off');
    const bytes = Buffer.alloc(16);
    this.#lanes.forEach((lane, i) => bytes.writeUInt32LE(lane, i * 4));
    return { rows: this.#rows, hash: bytes.toString('hex') };
  }

  /** Takes in every whole row, and gives how many bytes those were. */
  #scan(bytes: Buffer): number {
    let at = 0;
    if (this.#state === 'header') {
      if (bytes.toString('latin1', 0, 6) !== 'PGCOPY') throw new Error('Not a binary COPY stream');
      at = headerBytes + bytes.readInt32BE(signatureBytes + 4);
      this.#state = 'rows';
    }
    while (this.#state === 'rows') {
      const end = this.#endOfRow(bytes, at);
      if (end === undefined) return at;
      if (this.#state === 'rows') this.#add(bytes.subarray(at, end));
      at = end;
    }
    return at;
  }

  /** Where the row that begins at `at` ends, or nothing when it is not whole yet; then notes how much is needed. */
  #endOfRow(bytes: Buffer, at: number): number | undefined {
    const wait = (needed: number): undefined => void (this.#needed = needed - at);
    if (at + 2 > bytes.length) return wait(at + 2);
    const fields = bytes.readInt16BE(at);
    let end = at + 2;
    if (fields === -1) this.#state = 'ended';
    for (let i = 0; i < fields; i++) {
      if (end + 4 > bytes.length) return wait(end + 4);
      const size = bytes.readInt32BE(end);
      end += size < 0 ? 4 : 4 + size;
      if (end > bytes.length) return wait(end);
    }
    this.#needed = 0;
    return end;
  }

  #add(row: Buffer): void {
    const digest = hash('sha256', row, 'buffer');
    for (let i = 0; i < 4; i++) this.#lanes[i] = (this.#lanes[i] ?? 0) + digest.readUInt32LE(i * 4);
    this.#rows += 1;
  }
}
