import { seeded, type Particulars } from './matching/index.ts';

const givens =
  'john jon jonathan mary maria elizabeth liz beth robert bob j m ali mohammed muhammad zoe anne ann sarah sara'.split(
    ' ',
  );
const families =
  "smith smyth jones patel o'brien obrien begum khan garcia-lopez taylor tailor de-souza okafor nowak".split(
    ' ',
  );
const places = 'leeds york hull ripon selby otley'.split(' ');

const two = (value: number): string => String(value).padStart(2, '0');

/** A crowd of made-up people with few names, so that every level is met often, and mistakes of every kind. Same seed, same crowd. */
export function crowd(count: number, seed: number): Particulars[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const digit = (most: number): number => Math.floor(random() * most);
  const maybe = <T>(chance: number, value: () => T): T | undefined =>
    random() < chance ? value() : undefined;
  return Array.from({ length: count }, () => ({
    nhsNumber: maybe(0.3, () => pick(['9434765919', '4010232137', '9000000009', '9000000025'])),
    otherNumber: maybe(0.3, () => `A1234${digit(9)}${digit(2)}`),
    given: maybe(0.9, () => [pick(givens), ...(random() < 0.4 ? [pick(givens)] : [])]),
    family: maybe(0.9, () => [random() < 0.1 ? pick(givens) : pick(families)]),
    birthDate: maybe(
      0.9,
      () =>
        `19${5 + digit(2)}${digit(10)}-${two(1 + digit(12))}${random() < 0.1 ? '' : `-${two(1 + digit(28))}`}`,
    ),
    deathDate: maybe(0.05, () => '2020-01-0' + (1 + digit(3))),
    sex: maybe(0.8, () => pick(['m', 'f', 'other'])),
    addresses: [
      {
        lines: maybe(0.7, () => [`${1 + digit(9)} ${pick(['high', 'low', 'hgih'])} street`]),
        place: maybe(0.7, () => pick(places)),
        postcode: maybe(0.7, () => `LS${1 + digit(3)} ${digit(3)}A${pick(['A', 'B'])}`),
      },
      { postcode: maybe(0.2, () => `YO${1 + digit(2)} 1AA`) },
    ],
    phones: maybe(0.4, () => [`0770090012${digit(5)}`]),
    emails: maybe(0.4, () => [`${pick(givens)}${digit(3)}@example.${pick(['org', 'com'])}`]),
    occupation: maybe(0.3, () => pick(['nurse', 'smith', 'baker'])),
  }));
}
