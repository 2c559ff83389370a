import type { Day } from '../calendar.ts';
import type { Community, Sex } from '../names/communities.ts';
import { Weighted, type Random } from '../random.ts';

/** Who is in a home, by part and age. */
export type Member = { part: 'head' | 'partner' | 'child' | 'parent' | 'sharer'; sex: Sex; age: number };

type Kind =
  | 'one-working'
  | 'one-old'
  | 'couple'
  | 'couple-old'
  | 'couple-children'
  | 'couple-grown-children'
  | 'lone-parent'
  | 'sharers'
  | 'three-generations';

/** Share of each kind of household in 1,000 (Census 2021 for England, table TS003, rounded), and for younger communities. */
const kinds: Readonly<Record<Kind, readonly [usual: number, young: number]>> = {
  'one-working': [152, 130],
  'one-old': [150, 60],
  couple: [158, 125],
  'couple-old': [158, 65],
  'couple-children': [190, 320],
  'couple-grown-children': [75, 90],
  'lone-parent': [95, 100],
  sharers: [26, 45],
  'three-generations': [14, 90],
};
const names = Object.keys(kinds) as Kind[];
const usual = new Weighted(names, (kind) => kinds[kind][0]);
const young = new Weighted(names, (kind) => kinds[kind][1]);
const older: ReadonlySet<Community> = new Set(['british', 'irish', 'caribbean']);

export function membersOf(random: Random, community: Community): { kind: Kind; members: Member[] } {
  const kind = (older.has(community) ? usual : young).draw(random);
  return { kind, members: make(random, kind, community) };
}

function make(random: Random, kind: Kind, community: Community): Member[] {
  const either = (): Sex => (random.chance(0.5) ? 'F' : 'M');
  switch (kind) {
    case 'one-working':
      return [
        {
          part: 'head',
          sex: random.chance(0.42) ? 'F' : 'M',
          age: 21 + Math.floor(44 * random.unit() ** 0.75),
        },
      ];
    case 'one-old':
      return [
        {
          part: 'head',
          sex: random.chance(0.66) ? 'F' : 'M',
          age: 65 + Math.floor(31 * random.unit() ** 1.15),
        },
      ];
    case 'couple':
      return couple(random, 24 + Math.floor(41 * random.unit() ** 0.5));
    case 'couple-old':
      return couple(random, 65 + Math.floor(25 * random.unit() ** 1.35));
    case 'couple-children':
      return withChildren(random, couple(random, random.between(25, 50)), community);
    case 'couple-grown-children': {
      const parents = couple(random, random.between(45, 66));
      const first = Math.max(18, Math.min(parents[1]!.age - 20, random.between(18, 31)));
      const children = Array.from({ length: random.chance(0.35) ? 2 : 1 }, (_, i): Member => ({
        part: 'child',
        sex: either(),
        age: Math.max(15, first - 3 * i),
      }));
      return [...parents, ...children];
    }
    case 'lone-parent': {
      const sex = random.chance(0.86) ? 'F' : 'M';
      return withChildren(random, [{ part: 'head', sex, age: random.between(20, 52) }], community);
    }
    case 'sharers':
      return Array.from({ length: random.between(2, 5) }, () => ({
        part: 'sharer',
        sex: either(),
        age: random.between(18, 30),
      }));
    case 'three-generations': {
      const family = withChildren(random, couple(random, random.between(28, 48)), community);
      const head = family[0]!;
      return [
        ...family,
        { part: 'parent', sex: random.chance(0.65) ? 'F' : 'M', age: head.age + random.between(22, 34) },
      ];
    }
  }
}

/** Man first; one couple in fifty is of one sex. */
function couple(random: Random, age: number): Member[] {
  const other = Math.max(19, age - 2 + Math.round(3 * random.normal()));
  const first: Sex = random.chance(0.01) ? 'F' : 'M';
  const second: Sex = first === 'F' || random.chance(0.99) ? 'F' : 'M';
  return [
    { part: 'head', sex: first, age },
    { part: 'partner', sex: second, age: other },
  ];
}

function withChildren(random: Random, parents: Member[], community: Community): Member[] {
  const large = older.has(community) ? 0 : 0.8;
  const count = 1 + Math.min(5, random.poisson(0.86 + large));
  const mother = parents.at(-1)!.age;
  const eldest = Math.max(0, mother - 19 - Math.floor(14 * random.unit()));
  let age = eldest > 17 ? random.between(7, 20) : eldest;
  const children: Member[] = [];
  for (let i = 0; i < count && age >= 0; i++) {
    children.push({ part: 'child', sex: random.chance(0.512) ? 'M' : 'F', age });
    age -= random.between(1, 4);
  }
  return [...parents, ...children];
}

/** A day of birth for someone of an age: births fall on all days alike. */
export const birthDay = (random: Random, age: number, on: Day): Day =>
  on - Math.floor((age + random.unit()) * 365.25) - 1;
