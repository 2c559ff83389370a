import type { Random } from '../random.ts';

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const beside = new Map<string, string>();
rows.forEach((row, r) =>
  [...row].forEach((letter, i) => {
    const near = [row[i - 1], row[i + 1], rows[r - 1]?.[i], rows[r + 1]?.[i]];
    beside.set(letter, near.filter((each) => each !== undefined).join(''));
  }),
);

/** What scanners take for each other. */
const looks: readonly (readonly [string, string])[] = [
  ['rn', 'm'],
  ['m', 'rn'],
  ['cl', 'd'],
  ['li', 'h'],
  ['e', 'c'],
  ['o', '0'],
  ['l', '1'],
  ['i', 'l'],
  ['u', 'v'],
  ['vv', 'w'],
];

/** What ears take for each other. */
const sounds: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ck', 'k'],
  ['c', 'k'],
  ['ie', 'ei'],
  ['ei', 'ie'],
  ['y', 'i'],
  ['ee', 'ea'],
  ['ou', 'oo'],
  ['gh', ''],
  ['z', 's'],
  ['s', 'z'],
  ['ai', 'ay'],
  ['er', 'ar'],
  ['on', 'en'],
  ['ll', 'l'],
  ['tt', 't'],
  ['nn', 'n'],
  ['ss', 's'],
];

/** One slip in a word: of the fingers, of the scanner or of the ear. Very short words come back as they are. */
export function slip(random: Random, word: string): string {
  if (word.length < 3) return word;
  const way = random.unit();
  const slipped =
    way < 0.15 ? swapOne(random, word, looks) : way < 0.4 ? swapOne(random, word, sounds) : undefined;
  return slipped ?? ofFingers(random, word);
}

function swapOne(
  random: Random,
  word: string,
  pairs: readonly (readonly [string, string])[],
): string | undefined {
  const lower = word.toLowerCase();
  const fitting = pairs.filter(([from]) => lower.indexOf(from, 1) > 0);
  if (fitting.length === 0) return undefined;
  const [from, to] = random.pick(fitting);
  const at = lower.indexOf(from, 1);
  return word.slice(0, at) + to + word.slice(at + from.length);
}

function ofFingers(random: Random, word: string): string {
  const at = random.between(1, word.length - 1);
  const letter = word[at]!;
  switch (random.between(0, 3)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letter + word.slice(at);
    case 2:
      if (at + 1 < word.length && word[at + 1] !== letter)
        return word.slice(0, at) + word[at + 1]! + letter + word.slice(at + 2);
      return word.slice(0, at) + letter + word.slice(at);
    default: {
      const near = beside.get(letter.toLowerCase());
      return near === undefined
        ? word.slice(0, at) + word.slice(at + 1)
        : word.slice(0, at) + random.pick([...near]) + word.slice(at + 1);
    }
  }
}

/** One digit wrong, or two in the wrong order. */
export function slipOfDigits(random: Random, digits: string): string {
  const at = random.between(0, digits.length - 2);
  if (random.chance(0.5) && digits[at] !== digits[at + 1])
    return digits.slice(0, at) + digits[at + 1]! + digits[at]! + digits.slice(at + 2);
  const other = (Number(digits[at]) + random.between(1, 9)) % 10;
  return digits.slice(0, at) + String(other) + digits.slice(at + 1);
}

const stroked: Readonly<Record<string, string>> = { Ł: 'L', ł: 'l', ı: 'i', Ø: 'O', ø: 'o', đ: 'd' };

/** Letters without their marks. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ŁłıØøđ]/g, (letter) => stroked[letter]!);
