/** Made-up people for the bench of matching: many, quick to make, with names as unevenly spread as real ones. */
import type { ObservedPatient } from '../server/people/index.ts';

/** A small generator of numbers from 0 to 1 (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const starts =
  'Ab Bar Cal Dor Es Fin Gar Har Is Jun Kel Lan Mor Nor Ow Pen Quin Ros Sel Tam Ul Ver Wil Yar'.split(' ');
const middles = 'an bel cor den el fer gan hol in ker lo man ner or pa ris sa ton un vey'.split(' ');
const ends =
  'a by croft dale den ell field ford ham ing ley low man more ner port sen son ton well wood worth'.split(
    ' ',
  );

const word = (n: number): string =>
  starts[n % starts.length]! +
  middles[Math.floor(n / starts.length) % middles.length]! +
  ends[Math.floor(n / (starts.length * middles.length)) % ends.length]!;

/** Ranks by Zipf's law: the first is the most common. */
function zipf(size: number, exponent: number): (at: number) => number {
  const sums = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) sums[rank] = sum += 1 / (rank + 1) ** exponent;
  return (at) => {
    const wanted = at * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const families = zipf(9_000, 0.85);
const givens = zipf(1_200, 0.95);

const two = (n: number): string => String(n).padStart(2, '0');

/** The n-th NHS number of the range that is never issued to anybody, valid by its check digit. */
function testNumber(n: number): string | undefined {
  const nine = String(900_000_000 + n);
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += (10 - i) * Number(nine[i]);
  const check = 11 - (sum % 11);
  return check === 10 ? undefined : nine + String(check === 11 ? 0 : check);
}

export type Maker = (n: number) => Omit<ObservedPatient, 'patientId'>;

/** Makes the n-th of `people` people, always the same one. About one in ten has no NHS number. */
export function maker(people: number): Maker {
  const postcodes = Math.max(1, Math.round(people / 40));
  return (n) => {
    const random = seeded(n * 2_654_435_761 + 17);
    const sex = random() < 0.5 ? 'female' : 'male';
    const family = word(families(random()) * 7 + 3);
    const given = word(givens(random()) * 13 + (sex === 'male' ? 5 : 1));
    const middle = random() < 0.6 ? [word(givens(random()) * 13)] : [];
    const born = new Date(Date.UTC(1930, 0, 1 + Math.floor(random() * 34_800)));
    const area = Math.floor(random() * postcodes);
    const letters = `${String.fromCharCode(65 + (area % 20))}${String.fromCharCode(65 + (Math.floor(area / 20) % 20))}`;
    return {
      active: true,
      source: 'urn:bench:gp',
      nhsNumber: testNumber(n),
      family: [family],
      given: [given, ...middle],
      birthDate: `${born.getUTCFullYear()}-${two(born.getUTCMonth() + 1)}-${two(born.getUTCDate())}`,
      sex,
      addresses: [
        {
          lines: [`${1 + Math.floor(random() * 120)} ${word(Math.floor(random() * 3_000))} Road`],
          place: word(area % 40),
          postcode: `ZZ${Math.floor(area / 400) % 90} ${area % 10}${letters}`,
        },
      ],
      phones: random() < 0.7 ? [`07${String(100_000_000 + Math.floor(random() * 899_999_999))}`] : [],
    };
  };
}

/** What another source says of the n-th person, or of a stranger: with errors, without a number in three of ten. */
export function arriving(make: Maker, people: number, seed: number): Omit<ObservedPatient, 'patientId'> {
  const random = seeded(seed * 40_503 + 99);
  const isStranger = random() < 0.3;
  const known = make(isStranger ? people + Math.floor(random() * 1e8) : Math.floor(random() * people));
  const typo = (text: string): string => {
    const at = 1 + Math.floor(random() * (text.length - 1));
    return text.slice(0, at) + 'e' + text.slice(at + 1);
  };
  return {
    ...known,
    source: 'urn:bench:trust',
    ...(random() < 0.3 || isStranger ? { nhsNumber: undefined } : {}),
    ...(random() < 0.1 ? { family: [typo(known.family![0]!)] } : {}),
    ...(random() < 0.1 ? { given: [typo(known.given![0]!)] } : {}),
    ...(random() < 0.5 ? { given: [known.given![0]!] } : {}),
    ...(random() < 0.15 ? { addresses: make(Math.floor(random() * people)).addresses } : {}),
    ...(random() < 0.4 ? { phones: [] } : {}),
  };
}
