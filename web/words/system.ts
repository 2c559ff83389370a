/** What to call bodies, partners and their ties, and what a map of them shows. Pure. */
import type { Branch, PartnerEvent, SourceOf } from '../api/system.ts';
import { dateWords } from './dates.ts';
import { countWords, numberWords } from './numbers.ts';

const kinds: Record<string, readonly [one: string, several: string]> = {
  system: ['Integrated care system', 'integrated care systems'],
  icb: ['Integrated care board', 'integrated care boards'],
  place: ['Place', 'places'],
  'sub-icb': ['Sub-ICB location', 'sub-ICB locations'],
  neighbourhood: ['Neighbourhood', 'neighbourhoods'],
  pcn: ['Primary care network', 'primary care networks'],
  'integrated-care-partnership': ['Integrated care partnership', 'integrated care partnerships'],
  'provider-collaborative': ['Provider collaborative', 'provider collaboratives'],
  'health-and-wellbeing-board': ['Health and wellbeing board', 'health and wellbeing boards'],
  region: ['Region', 'regions'],
  'nhs-trust': ['NHS trust', 'NHS trusts'],
  'ambulance-trust': ['Ambulance trust', 'ambulance trusts'],
  'gp-practice': ['GP practice', 'GP practices'],
  council: ['Council', 'councils'],
  voluntary: ['Voluntary or community organisation', 'voluntary or community organisations'],
  'housing-association': ['Housing association', 'housing associations'],
  school: ['School', 'schools'],
  'drug-and-alcohol-service': ['Drug and alcohol service', 'drug and alcohol services'],
  'care-home': ['Care home', 'care homes'],
  pharmacy: ['Pharmacy', 'pharmacies'],
  hospice: ['Hospice', 'hospices'],
  'independent-provider': ['Independent provider', 'independent providers'],
  police: ['Police force', 'police forces'],
  prison: ['Prison', 'prisons'],
  other: ['Other organisation', 'other organisations'],
};

export const allKinds = Object.keys(kinds);
export const kindWords = (kind: string): string => kinds[kind]?.[0] ?? kind;
export const kindsWords = (kind: string): string => kinds[kind]?.[1] ?? kind;

/** Several of one kind, as a heading. */
export function kindsHeading(kind: string): string {
  const words = kindsWords(kind);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How many there are of each kind: 3 GP practices, 1 hospice. */
export function countsWords(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(
      ([kind, count]) => `${numberWords(count)} ${count === 1 ? small(kindWords(kind)) : kindsWords(kind)}`,
    )
    .join(', ');
}

const small = (words: string): string =>
  /^(GP|NHS)\b/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);

const ties: Record<string, string> = {
  'part-of': 'part of',
  member: 'member of',
  serves: 'works for the people of',
  'hosted-by': 'hosted by',
  'commissioned-by': 'commissioned by',
  'located-in': 'located in',
};

/** How an organisation is tied to a body: "member of". */
export const tieWords = (kind: string): string => ties[kind] ?? kind;

/** A name like `caldicott-guardian` in words. */
export function slugWords(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** From when to when: our `to` is the first day it no longer held, people say the last day it did. */
export function spanWords({ from, to }: { from: string | null; to: string | null }): string {
  const last = to === null ? null : dateWords(dayBefore(to));
  if (from === null && last === null) return 'Always';
  if (from === null) return `Until ${last}`;
  return last === null ? `Since ${dateWords(from)}` : `${dateWords(from)} to ${last}`;
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** What happened, as a sentence. */
export function eventWords({ kind, newName, from, to }: PartnerEvent): string {
  switch (kind) {
    case 'merge':
      return from.length === 1
        ? `${names(from)} became part of ${names(to)}.`
        : `${names(from)} merged into ${names(to)}.`;
    case 'split':
      return `${names(from)} was split between ${names(to)}.`;
    case 'transfer':
      return `Some members of ${names(from)} moved to ${names(to)}.`;
    case 'rename':
      return `${names(from)} was renamed ${newName}.`;
    case 'close':
      return `${names(from)} closed.`;
  }
}

const names = (list: { name: string }[]): string => listWords(list.map(({ name }) => name));

function listWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export function shareWords(share: number | null): string {
  return share === null ? 'Not known' : `${Math.round(share * 100)}%`;
}

/** The headline of the map: where deprivation is highest, or what there is to see. */
export function systemFinding(branches: Branch[]): string {
  const ranked = branches
    .filter((each) => each.deprivedShare !== null)
    .sort((a, b) => b.deprivedShare! - a.deprivedShare!);
  const [most, ...others] = ranked;
  const least = others.at(-1);
  if (most === undefined) return `${bodiesWords(branches)}. Deprivation is not known.`;
  const first = `In ${shortName(most.name)}, ${shareWords(most.deprivedShare)} of people live in the most deprived fifth of England`;
  return least === undefined
    ? `${first}.`
    : `${first}; in ${shortName(least.name)}, ${shareWords(least.deprivedShare)} do.`;
}

/** How many bodies of which kinds: 39 integrated care boards. */
export function bodiesWords(branches: Branch[]): string {
  const counts: Record<string, number> = {};
  for (const { kind } of branches) counts[kind] = (counts[kind] ?? 0) + 1;
  return countsWords(counts);
}

/** A board's name without what all of them share. */
export function shortName(name: string): string {
  return name.replace(/^NHS /, '').replace(/ Integrated Care Board$/, '');
}

const sourceWords: Record<string, string> = {
  imd2025: 'English indices of deprivation 2025 (MHCLG)',
  population21: 'Census 2021 (ONS)',
  'lsoa21-icb24': 'NHS areas of April 2024 (ONS)',
  'boundaries-icb23': 'boundaries of April 2023 (ONS)',
};

/** Where the map and its figures come from. */
export function sourcesWords(sources: SourceOf[]): string {
  const national = sources.map(({ about }) => sourceWords[about]).filter((words) => words !== undefined);
  const local = sources.filter(({ about }) => about === 'geography').map(({ source }) => localWords(source));
  const all = [...new Set([...local, ...national])];
  if (all.length === 0) return 'No geography was loaded yet.';
  const last = sources
    .map(({ recorded }) => recorded)
    .sort()
    .at(-1);
  return `Source: ${listWords(all)}. Last loaded ${dateWords(last)}.`;
}

/** A source is a web address, or a name of the made-up kind. */
function localWords(source: string): string {
  const madeUp = /^urn:openics:made-up:(.+)$/.exec(source)?.[1];
  return madeUp === undefined ? `areas of ${source}` : `made-up areas of ${slugWords(madeUp)}`;
}

export const openLicence =
  'Contains public sector information licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right.';

/** What a body holds, in few words. */
export function holdsWords({ within, people }: Branch): string {
  const bodies = within.length === 0 ? '' : bodiesWords(within);
  const count = people === null ? '' : countWords(people, 'person', 'people');
  return [bodies, count].filter((words) => words !== '').join(', ');
}
