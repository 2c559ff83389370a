import type { Day } from './calendar.ts';
import { makeLand, type Land } from './place/land.ts';
import { makePartners } from './place/partners.ts';
import type { FeedKind, Lsoa, Partner } from './place/types.ts';

/** What decides a made-up system: the same question gives the same answer. */
export type Question = { people: number; seed: number; until: Day };

/** Everything that is there before anybody lives in it. */
export type World = Question & {
  /** First day of the lives told; before it lies what people remember. */
  from: Day;
  land: Land;
  partners: Partner[];
  households: number;
  householdStart(lsoa: Lsoa): number;
  partnersWho(sends: FeedKind): Partner[];
  careHomes: Partner[];
  prison: Partner;
};

export const yearsTold = 5;
/** Households in all, also those who come or go, for each person who lives here at the end. */
const householdsAPerson = 0.464;

export function makeWorld(question: Question): World {
  const { people, seed, until } = question;
  const households = Math.max(1, Math.round(people * householdsAPerson));
  const land = makeLand(seed, people, households);
  const partners = makePartners(seed, people, land);
  const byKind = new Map<FeedKind, Partner[]>();
  for (const partner of partners)
    if (partner.sends !== undefined)
      byKind.set(partner.sends, [...(byKind.get(partner.sends) ?? []), partner]);
  return {
    ...question,
    from: until - Math.round(yearsTold * 365.25),
    land,
    partners,
    households,
    householdStart: (lsoa) => Math.ceil((lsoa.index * households) / land.lsoas.length),
    partnersWho: (sends) => byKind.get(sends) ?? [],
    careHomes: partners.filter(({ kind }) => kind === 'care-home'),
    prison: partners.find(({ kind }) => kind === 'prison')!,
  };
}
