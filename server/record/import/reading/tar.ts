import { ByteWindow } from './byte-window.ts';
import type { ByteSource } from './byte-source.ts';
import { InputFault } from './input-fault.ts';
import type { Member } from './zip.ts';

const block = 512;

/** True when the bytes begin a tar archive (POSIX ustar or GNU). */
export function isTar(head: Buffer): boolean {
  return head.length >= block && head.toString('latin1', 257, 262) === 'ustar';
}

/** The files in a tar archive, one after the other; each must be read before the next is asked for. */
export async function* tarMembers(source: ByteSource): AsyncGenerator<Member, void, void> {
  const reader = new TarReader(source);
  try {
    let longName: string | undefined;
    for (;;) {
      const header = await reader.header();
      if (header === undefined) return;
      if (header.kind === 'L' || header.kind === 'x') {
        const text = (await reader.whole(header.size)).toString('utf8');
        longName =
          header.kind === 'L' ? text.replace(/\0.*$/s, '') : (/\d+ path=(.*)\n/.exec(text)?.[1] ?? longName);
        continue;
      }
      if (header.kind === '0' || header.kind === '\0') {
        yield { name: longName ?? header.name, bytes: reader.member(header.size) };
      }
      await reader.skipRest(header.size);
      longName = undefined;
    }
  } finally {
    await reader.close();
  }
}

class TarReader {
  readonly #window: ByteWindow;
  #at = 0;
  /** Bytes of the present member that were handed out. */
  #given = 0;

  constructor(source: ByteSource) {
    this.#window = new ByteWindow(source);
  }

  async header(): Promise<{ name: string; size: number; kind: string } | undefined> {
    if (!(await this.#have(block))) return undefined;
    const bytes = this.#window.bytes.subarray(this.#at, this.#at + block);
    this.#at += block;
    this.#given = 0;
    if (bytes.every((byte) => byte === 0)) return undefined;
    if (!isTar(bytes)) throw new InputFault('archive');
    const field = (from: number, to: number): string =>
      bytes.toString('utf8', from, to).replace(/\0.*$/s, '').trim();
    const prefix = field(345, 500);
    const name = field(0, 100);
    return {
      name: prefix === '' ? name : `${prefix}/${name}`,
      size: sizeOf(bytes),
      kind: bytes.toString('latin1', 156, 157),
    };
  }

  async whole(size: number): Promise<Buffer> {
    if (size > 1 << 20) throw new InputFault('archive');
    const padded = paddedSize(size);
    if (!(await this.#have(padded))) throw new InputFault('truncated');
    const bytes = Buffer.from(this.#window.bytes.subarray(this.#at, this.#at + size));
    this.#at += padded;
    return bytes;
  }

  async *member(size: number): AsyncGenerator<Buffer, void, void> {
    while (this.#given < size) {
      if (!(await this.#have(1))) throw new InputFault('truncated');
      const length = Math.min(size - this.#given, this.#window.end - this.#at);
      const chunk = Buffer.from(this.#window.bytes.subarray(this.#at, this.#at + length));
      this.#at += length;
      this.#given += length;
      yield chunk;
    }
  }

  /** Goes to the next header, over what was not read of this member. */
  async skipRest(size: number): Promise<void> {
    let left = paddedSize(size) - this.#given;
    while (left > 0) {
      if (!(await this.#have(1))) throw new InputFault('truncated');
      const length = Math.min(left, this.#window.end - this.#at);
      this.#at += length;
      left -= length;
    }
  }

  close(): Promise<void> {
    return this.#window.close();
  }

  async #have(bytes: number): Promise<boolean> {
    while (this.#window.end - this.#at < bytes) {
      const more = await this.#window.more(this.#at);
      if (!more) return false;
      this.#at = 0;
    }
    return true;
  }
}

const paddedSize = (size: number): number => Math.ceil(size / block) * block;

/** Octal digits, or a big-endian number when the first bit is set (GNU, over 8 GiB). */
function sizeOf(header: Buffer): number {
  if ((header[124]! & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(header.toString('latin1', 124, 136).replace(/\0.*$/s, '').trim() || '0', 8);
}
