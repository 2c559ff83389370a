import { closeSync, openSync, writeSync } from 'node:fs';

/** Consonants and vowels that made-up names are built from. */
const openings = 'b br c ch d dr f g gr h j k l m n p r s sh st t th v w'.split(' ');
const vowels = 'a e i o u ea ee ai ou y'.split(' ');
const closings = 'n r l s t m ck nd rt ll son ton ley man well by ford ham worth den'.split(' ');

/** Numbers from 0 to below 1 that follow from a seed (xorshift32, Marsaglia 2003). */
function seeded(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

/** So many made-up names; the one at place k is k + 1 times rarer than the first (Zipf), as names are. */
function nameTable(count: number, random: () => number): { pick(): string } {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const names = new Set<string>();
  while (names.size < count) {
    const middle = random() < 0.4 ? pick(openings) + pick(vowels) : '';
    names.add(pick(openings) + pick(vowels) + middle + pick(closings));
  }
  const list = [...names];
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let k = 0; k < count; k++) cumulative[k] = sum += 1 / (k + 8);
  return {
    pick() {
      const wanted = random() * sum;
      let [low, high] = [0, count - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle]! < wanted) low = middle + 1;
        else high = middle;
      }
      return list[low]!;
    },
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

const letters = 'abcdefghijklmnopqrstuvwxyz';

type Made = [
  given: string,
  family: string,
  dob: string,
  sex: string,
  street: string,
  town: string,
  postcode: string,
  email: string,
];

/**
 * Writes a file of made-up people: of each five records four are somebody's first and one is a second record of one of the last
 * thousand people, with mistakes. Same seed, same file. The truth is in the column `cluster`, which linkage leaves out.
 */
export function writePeople(file: string, records: number, seed: number): { pairs: number } {
  const random = seeded(seed);
  const given = nameTable(2_000, random);
  const family = nameTable(30_000, random);
  const town = nameTable(600, random);
  const street = nameTable(5_000, random);
  const whole = (most: number): number => Math.floor(random() * most);
  const letter = (): string => letters[whole(26)]!;
  const postcode = (): string =>
    `${letter()}${letter()}${1 + whole(20)} ${whole(10)}${letter()}${letter()}`.toUpperCase();
  const person = (): Made => {
    const [first, last, year] = [given.pick(), family.pick(), 1925 + whole(98)];
    const dob = `${year}-${two(1 + whole(12))}-${two(1 + whole(28))}`;
    const email = random() < 0.5 ? '' : `${first}.${last}${whole(100)}@example.org`;
    const sex = random() < 0.5 ? 'male' : 'female';
    return [first, last, dob, sex, `${1 + whole(150)} ${street.pick()} road`, town.pick(), postcode(), email];
  };
  const mistyped = (text: string): string => {
    if (text.length < 2) return text;
    const at = whole(text.length - 1);
    const kind = whole(3);
    if (kind === 0) return text.slice(0, at) + letter() + text.slice(at + 1);
    if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
    return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  };
  const changed = (made: Made): Made => {
    const copy: Made = [...made];
    const times = 1 + whole(3);
    for (let k = 0; k < times; k++) {
      const field = whole(9);
      if (field === 8) {
        [copy[4], copy[5], copy[6]] = [`${1 + whole(150)} ${street.pick()} road`, town.pick(), postcode()];
      } else if (field === 2) copy[2] = copy[2].slice(0, 8) + two(1 + whole(28));
      else copy[field] = random() < 0.3 ? '' : mistyped(copy[field]!);
    }
    return copy;
  };
  return writeRows(file, records, random, person, changed);
}

function writeRows(
  file: string,
  records: number,
  random: () => number,
  person: () => Made,
  changed: (made: Made) => Made,
): { pairs: number } {
  const recent: { number: number; made: Made; copies: number }[] = [];
  const handle = openSync(file, 'w');
  let text = 'unique_id,cluster,first_name,surname,dob,gender,address,city,postcode,email\n';
  let people = 0;
  let pairs = 0;
  for (let row = 0; row < records; row++) {
    let made: Made;
    let number: number;
    if (row % 5 === 4 && recent.length > 0) {
      const first = recent[Math.floor(random() * recent.length)]!;
      pairs += first.copies++;
      made = changed(first.made);
      number = first.number;
    } else {
      made = person();
      number = people++;
      recent[number % 1000] = { number, made, copies: 1 };
    }
    text += `${row},${number},${made.join(',')}\n`;
    if (text.length > 1 << 20) {
      writeSync(handle, text);
      text = '';
    }
  }
  writeSync(handle, text);
  closeSync(handle);
  return { pairs };
}
