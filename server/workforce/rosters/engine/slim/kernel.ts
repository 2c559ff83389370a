/** One function in WebAssembly (W3C 2022, with its vectors of two numbers), written out instruction by instruction. */
export class Kernel {
  readonly #code: number[] = [];
  readonly #parameters: number;
  #pairs = 0;

  /** A function of so many integers, which have the first places. */
  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** A place for a pair of numbers. */
  pair(): number {
    return this.#parameters + this.#pairs++;
  }

  add(...codes: (readonly number[])[]): void {
    for (const code of codes) this.#code.push(...code);
  }

  /** The function, which reads and writes the memory. */
  built(memory: WebAssembly.Memory): (...values: number[]) => void {
    const body = [1, ...natural(this.#pairs), v128, ...this.#code, end];
    const module = [
      ...magic,
      ...section(1, [1, 0x60, ...list(Array.from({ length: this.#parameters }, () => [i32])), 0]),
      ...section(2, [1, ...list([[0x6d]]), ...list([[0x6d]]), 2, 0, 0]),
      ...section(3, [1, 0]),
      ...section(7, [1, ...list([[0x66]]), 0, 0]),
      ...section(10, [1, ...natural(body.length), ...body]),
    ];
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(module)), {
      m: { m: memory },
    });
    return exports.f as (...values: number[]) => void;
  }
}

/** What every module begins with, and its version. */
const magic = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0] as const;

const i32 = 0x7f;
const v128 = 0x7b;

export const end = 0x0b;

/** The bytes of a pair of numbers. */
export const pairBytes = 16;

/** Runs what follows again and again, up to `end`, as long as `again` finds more than 0. */
export const loop = [0x03, 0x40] as const;
export const again = [0x0d, 0] as const;

/** What follows, up to `otherwise` or `end`, where the integer before is not 0. */
export const where = [0x04, 0x40] as const;
export const otherwise = [0x05] as const;

export const get = (place: number): number[] => [0x20, ...natural(place)];
export const set = (place: number): number[] => [0x21, ...natural(place)];
export const whole = (value: number): number[] => [0x41, ...signed(value)];
export const plus = [0x6a] as const;
export const times = [0x6c] as const;
export const isAbove = [0x4a] as const;

/** The byte at an address, with its sign. */
export const byteAt = (offset: number): number[] => [0x2c, 0, ...natural(offset)];

/** The pair at an address, one number there twice, and storing a pair. */
export const pairAt = (offset: number): number[] => [0xfd, 0, 4, ...natural(offset)];
export const twiceAt = (offset: number): number[] => [0xfd, 10, 3, ...natural(offset)];
export const store = (offset: number): number[] => [0xfd, 11, 4, ...natural(offset)];

/** A pair of one number twice, the first of a pair twice, sums, and the lesser of each. */
export const twice = (value: number): number[] => {
  const bytes = new Uint8Array(new Float64Array([value, value]).buffer);
  return [0xfd, 12, ...bytes];
};
export const firstTwice = [0xfd, 33, 0, 0xfd, 20] as const;
export const sum = [0xfd, 0xf0, 0x01] as const;
export const lesser = [0xfd, 0xf6, 0x01] as const;

const list = (each: number[][]): number[] => [...natural(each.length), ...each.flat()];
const section = (kind: number, content: number[]): number[] => [kind, ...natural(content.length), ...content];

/** A number from 0 on, seven bits a byte, the lowest first. */
function natural(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

/** The same with a sign. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    if (rest >> 6 === (low & 0x40 ? -1 : 0)) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
