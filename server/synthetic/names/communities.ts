import { Weighted, zipf, type Random } from '../random.ts';
import { africanAndArab } from './african-and-arab.ts';
import { asian } from './asian.ts';
import { britishFamily, irishFamily, irishGiven } from './british-family.ts';
import { britishGiven } from './british-given.ts';
import { european } from './european.ts';

export type Sex = 'F' | 'M';

/** Groups of people who take their names in the same way. */
export const communities = [
  'british',
  'irish',
  'caribbean',
  'polish',
  'romanian',
  'portuguese',
  'turkish',
  'pakistani',
  'bangladeshi',
  'punjabi',
  'gujarati',
  'tamil',
  'chinese',
  'afghan',
  'nigerian',
  'ghanaian',
  'somali',
  'arab',
] as const;

export type Community = (typeof communities)[number];

/**
 * Share of people, in parts of 1,000. Sums by ethnic group follow the Census of 2021 for England (White 81, Asian 10,
 * Black 4, Mixed 3, Other 2 in 100; ONS, table TS021); how a group divides into communities is our own estimate.
 */
export const communityShares: Readonly<Record<Community, number>> = {
  british: 795,
  irish: 16,
  caribbean: 14,
  polish: 18,
  romanian: 14,
  portuguese: 8,
  turkish: 6,
  pakistani: 28,
  bangladeshi: 11,
  punjabi: 18,
  gujarati: 16,
  tamil: 6,
  chinese: 10,
  afghan: 6,
  nigerian: 15,
  ghanaian: 7,
  somali: 7,
  arab: 9,
};

type Codes = readonly (readonly [code: string, weight: number])[];
const one = (code: string): Codes => [
  [code, 96],
  ['Z', 4],
];

/** Ethnic category of the NHS Data Dictionary (A to S; Z when the person would not say), with its weight. */
const ethnicCodes: Readonly<Record<Community, Codes>> = {
  british: [
    ['A', 925],
    ['D', 13],
    ['E', 5],
    ['F', 13],
    ['G', 10],
    ['Z', 34],
  ],
  irish: one('B'),
  caribbean: one('M'),
  polish: one('C'),
  romanian: one('C'),
  portuguese: one('C'),
  turkish: [
    ['C', 50],
    ['S', 46],
    ['Z', 4],
  ],
  pakistani: one('J'),
  bangladeshi: one('K'),
  punjabi: one('H'),
  gujarati: one('H'),
  tamil: [
    ['L', 48],
    ['H', 48],
    ['Z', 4],
  ],
  chinese: one('R'),
  afghan: [
    ['L', 60],
    ['S', 36],
    ['Z', 4],
  ],
  nigerian: one('N'),
  ghanaian: one('N'),
  somali: one('N'),
  arab: one('S'),
};

const codeDraws = new Map(
  communities.map((community) => [community, new Weighted(ethnicCodes[community], ([, weight]) => weight)]),
);

export const ethnicCode = (random: Random, community: Community): string =>
  codeDraws.get(community)!.draw(random)[0];

type Lists = {
  F: Weighted<string>;
  M: Weighted<string>;
  family: Weighted<string>;
  womenLast?: Weighted<string>;
};
type Source = { F: string; M: string; family: string; womenLast?: string };

function compiled({ F, M, family, womenLast }: Source): Lists {
  const lists = { F: zipf(F), M: zipf(M), family: zipf(family, 0.8, 4) };
  return womenLast === undefined ? lists : { ...lists, womenLast: zipf(womenLast, 1, 1) };
}

const { chinese, ...otherAsian } = asian;
const sources: Record<string, Source> = {
  ...european,
  ...otherAsian,
  ...africanAndArab,
  chinese,
  irish: { ...irishGiven, family: irishFamily },
};

const lists = new Map(Object.entries(sources).map(([community, source]) => [community, compiled(source)]));
const eras = britishGiven.map((era) => ({ until: era.until, F: zipf(era.F), M: zipf(era.M) }));
const britishFamilies = zipf(britishFamily, 0.75, 12);
const western = zipf(chinese.western);

const usesBritishNames = (community: Community): boolean =>
  community === 'british' || community === 'caribbean';

function britishGivenName(random: Random, sex: Sex, bornYear: number): string {
  const era = eras.find(({ until }) => bornYear < until)!;
  return era[sex].draw(random);
}

/** A given name as a family of this community would choose it in that year. */
export function givenName(random: Random, community: Community, sex: Sex, bornYear: number): string {
  const own = usesBritishNames(community) ? undefined : lists.get(community)![sex];
  const isAnglicised = own === undefined || (community === 'irish' && random.chance(0.55));
  return isAnglicised ? britishGivenName(random, sex, bornYear) : own.draw(random);
}

export function familyName(random: Random, community: Community): string {
  return usesBritishNames(community)
    ? britishFamilies.draw(random)
    : lists.get(community)!.family.draw(random);
}

/** The last name of women in communities where it is not shared with the family, such as Begum. */
export const womenLastName = (random: Random, community: Community): string | undefined =>
  lists.get(community)?.womenLast?.draw(random);

/** The English name that many Chinese people use beside their own. */
export const westernName = (random: Random): string => western.draw(random);

const add = (into: Set<string>, words: string): void => {
  for (const word of words.trim().split(/\s+/)) into.add(word);
};

/** How many names there are, for the test that they are many. */
export function nameCounts(): { given: number; family: number } {
  const given = new Set<string>();
  const family = new Set(britishFamily.split(/\s+/));
  for (const source of [...Object.values(sources), ...britishGiven]) {
    add(given, source.F);
    add(given, source.M);
    if ('family' in source) add(family, source.family);
  }
  return { given: given.size, family: family.size };
}
