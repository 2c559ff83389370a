const header = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);
const nothing = Buffer.alloc(0);

/** What COPY ... FROM STDIN in binary format expects around rows. */
export const copyMessage = (rows: Buffer[]): Buffer[] => [header, ...rows, trailer];

const postgresEpochMs = Date.UTC(2000, 0, 1);

/**
 * Rows in PostgreSQL's binary COPY format, written one field after another into one growing buffer. It remembers where
 * each row begins, so that rows can be left out or stamped afterwards. Source: PostgreSQL manual, COPY, binary format.
 */
export class CopyRows {
  bytes: Buffer = nothing;
  length = 0;
  /** Bytes of the text field written last. */
  lastTextSize = 0;
  /** Where each row begins; row i ends where row i + 1 begins. */
  readonly starts: number[];

  readonly #capacity: number;
  /** The same bytes. V8 writes numbers faster through it. */
  #view: DataView = new DataView(nothing.buffer, 0, 0);

  /** `capacity` is how many bytes to make room for when the first row comes. */
  constructor(capacity = 1024, starts: number[] = []) {
    this.#capacity = capacity;
    this.starts = starts;
  }

  /** Rows that were written elsewhere: their bytes, and where each begins. */
  static of(bytes: Buffer, length: number, starts: ArrayLike<number>): CopyRows {
    const rows = new CopyRows(bytes.length, Array.from(starts));
    rows.#put(bytes);
    rows.length = length;
    return rows;
  }

  get count(): number {
    return this.starts.length;
  }

  startRow(fields: number): void {
    this.starts.push(this.length);
    this.#reserve(2);
    this.#view.setInt16(this.length, fields);
    this.length += 2;
  }

  null(): void {
    this.#reserve(4);
    this.#view.setInt32(this.length, -1);
    this.length += 4;
  }

  bool(value: boolean): void {
    const at = this.#field(1);
    this.bytes[at] = value ? 1 : 0;
  }

  int2(value: number): void {
    const at = this.#field(2);
    this.#view.setInt16(at, value);
  }

  int4(value: number): void {
    const at = this.#field(4);
    this.#view.setInt32(at, value);
  }

  /** A 64-bit whole number from a JavaScript number up to 2^53. */
  int8(value: number): void {
    const high = Math.floor(value / 0x100000000);
    this.int8Halves(high, value - high * 0x100000000);
  }

  /** A 64-bit whole number from its high and low half. */
  int8Halves(high: number, low: number): void {
    const at = this.#field(8);
    this.#view.setInt32(at, high);
    this.#view.setInt32(at + 4, low);
  }

  float8(value: number): void {
    const at = this.#field(8);
    this.#view.setFloat64(at, value);
  }

  /** A moment in milliseconds since 1970; plus or minus infinity are moments too. */
  timestamptz(ms: number): void {
    if (!Number.isFinite(ms)) {
      if (ms > 0) this.int8Halves(0x7fffffff, -1);
      else this.int8Halves(-0x80000000, 0);
      return;
    }
    this.int8((ms - postgresEpochMs) * 1000);
  }

  /** A day, YYYY-MM-DD. */
  date(text: string): void {
    this.int4((Date.parse(`${text}T00:00:00Z`) - postgresEpochMs) / 86_400_000);
  }

  /** A UUID in its text form. */
  uuid(text: string): void {
    const at = this.#field(16);
    writeUuid(this.bytes, text, at);
  }

  text(value: string): void {
    this.#reserve(4 + value.length * 3);
    const written = this.bytes.write(value, this.length + 4);
    this.#view.setInt32(this.length, written);
    this.length += 4 + written;
    this.lastTextSize = written;
  }

  /** Bytes as they are. */
  blob(value: Uint8Array): void {
    const at = this.#field(value.length);
    this.bytes.set(value, at);
  }

  /** bigint[] from halves: high, low, high, low ... */
  int8Array(halves: ArrayLike<number>, count: number): void {
    const size = count === 0 ? 12 : 20 + 12 * count;
    let at = this.#field(size);
    const view = this.#view;
    view.setInt32(at, count === 0 ? 0 : 1);
    view.setInt32(at + 4, 0);
    view.setInt32(at + 8, 20);
    if (count === 0) return;
    view.setInt32(at + 12, count);
    view.setInt32(at + 16, 1);
    at += 20;
    for (let i = 0; i < count; i++) {
      view.setInt32(at, 8);
      view.setInt32(at + 4, halves[2 * i]!);
      view.setInt32(at + 8, halves[2 * i + 1]!);
      at += 12;
    }
  }

  row(index: number): Buffer {
    return this.bytes.subarray(this.starts[index], this.starts[index + 1] ?? this.length);
  }

  /** The bytes of the wanted rows, neighbours together. Without `wanted` every row goes. */
  ranges(wanted?: (index: number) => boolean): Buffer[] {
    if (wanted === undefined) return this.length === 0 ? [] : [this.bytes.subarray(0, this.length)];
    const parts: Buffer[] = [];
    let from = -1;
    for (let i = 0; i <= this.starts.length; i++) {
      const take = i < this.starts.length && wanted(i);
      if (take && from < 0) from = this.starts[i]!;
      if (!take && from >= 0) {
        parts.push(this.bytes.subarray(from, this.starts[i] ?? this.length));
        from = -1;
      }
    }
    return parts;
  }

  /** Reserves a field of known size and gives where its bytes go. */
  #field(size: number): number {
    this.#reserve(4 + size);
    this.#view.setInt32(this.length, size);
    const at = this.length + 4;
    this.length = at + size;
    return at;
  }

  #reserve(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#capacity, this.bytes.length * 2, this.length + size));
    this.bytes.copy(larger, 0, 0, this.length);
    this.#put(larger);
  }

  #put(bytes: Buffer): void {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}

const hexValue = new Uint8Array(128);
for (let i = 0; i < 10; i++) hexValue[48 + i] = i;
for (let i = 0; i < 6; i++) {
  hexValue[65 + i] = 10 + i;
  hexValue[97 + i] = 10 + i;
}

/** Writes a UUID's 16 bytes. */
export function writeUuid(target: Uint8Array, text: string, at: number): void {
  let from = 0;
  for (let i = 0; i < 16; i++) {
    if (text.charCodeAt(from) === 45) from++;
    target[at + i] = (hexValue[text.charCodeAt(from)]! << 4) | hexValue[text.charCodeAt(from + 1)]!;
    from += 2;
  }
}

/** Many UUIDs as one value for `uuid[]`: they need no quotes, which makes it cheaper than a list of any texts. */
export const uuidList = (uuids: readonly string[]): string => `{${uuids.join(',')}}`;
