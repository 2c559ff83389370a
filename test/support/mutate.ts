/** Damages messages at random, by the same seed in the same way. */

const pieces = [
  '|',
  '^',
  '~',
  '&',
  '\\',
  '\r',
  '\n',
  '""',
  '\\X4A\\',
  '\\.br\\',
  '\\F',
  '\0',
  '\u00e9',
  '\ud83d\ude00',
  'MSH|',
  'PID|',
  '999999999999',
  '-1',
  ' ',
];

export type Random = () => number;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One to five damages: bytes changed, cut out, doubled or put in. */
export function mutated(bytes: Buffer, random: Random): Buffer {
  let damaged = bytes;
  const times = 1 + Math.floor(random() * 5);
  for (let turn = 0; turn < times; turn += 1) {
    const at = Math.floor(random() * (damaged.length + 1));
    const length = Math.floor(random() * 12);
    const [before, part, after] = [
      damaged.subarray(0, at),
      damaged.subarray(at, at + length),
      damaged.subarray(at + length),
    ];
    switch (Math.floor(random() * 5)) {
      case 0:
        damaged = Buffer.concat([before, after]);
        break;
      case 1:
        damaged = Buffer.concat([before, part, part, after]);
        break;
      case 2:
        damaged = Buffer.concat([
          before,
          Buffer.from(pieces[Math.floor(random() * pieces.length)]!),
          part,
          after,
        ]);
        break;
      case 3:
        damaged = Buffer.from(damaged);
        if (damaged.length > 0) damaged[Math.min(at, damaged.length - 1)] = Math.floor(random() * 256);
        break;
      default:
        damaged = random() < 0.1 ? before : Buffer.concat([before, part.toReversed(), after]);
    }
  }
  return damaged;
}
