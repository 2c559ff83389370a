/** What sorts of information are called in a record. */
import type { Told, WhyPart } from '../api/why.ts';
import { dateWords } from './dates.ts';

const classWords: Record<string, string> = {
  identity: 'name, date of birth and numbers',
  location: 'address and where they are',
  involvement: 'which services know them',
  appointments: 'appointments',
  referrals: 'referrals',
  medication: 'medicines',
  allergies: 'allergies',
  conditions: 'health conditions',
  results: 'test results',
  immunisations: 'vaccinations',
  documents: 'letters and documents',
  plans: 'care plans',
  safety: 'safety warnings',
  'social-care': 'social care',
  education: 'school',
  housing: 'housing',
};

/** A sort of information in words. */
export const partWords = ({ name, words }: Pick<WhyPart, 'name' | 'words'>): string =>
  words ?? classWords[name] ?? name.replaceAll('-', ' ');

/** What a rule says, with dates and times as people write them and without the address of the entry that shows it. */
export const saysWords = (text: string): string =>
  text
    .replaceAll(/ \([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+\)/g, '')
    .replaceAll(/\d{4}-\d\d-\d\d/g, (day) => dateWords(day))
    .replaceAll(/\b(\d\d:\d\d):\d\d\b/g, '$1');

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** Parts that are kept back by the same rules, told once. */
export type KeptBack = { parts: WhyPart[]; says: string[]; waysOut: string[] };

/** What is kept back, by rule and how much of it, in the order of the parts. */
export function keptBack(parts: readonly WhyPart[]): KeptBack[] {
  const closed = parts.filter(({ state }) => state !== 'open');
  const alike = Map.groupBy(closed, ({ state, reasons }) =>
    [state, ...reasons.map(({ rule, wayOut }) => `${rule} ${wayOut}`)].join('\n'),
  );
  return [...alike.values()].map((group) => ({
    parts: group,
    says: saysOf(group),
    waysOut: once(group.flatMap(({ reasons }) => reasons.flatMap(({ wayOut }: Told) => wayOut ?? []))),
  }));
}

/** A rule that says the same of each part is told once: which parts it is about stands beside it. */
function saysOf(parts: readonly WhyPart[]): string[] {
  const each = once(parts.flatMap(({ reasons }) => reasons.map(({ says }) => saysWords(says))));
  const together = once(
    parts.flatMap(({ name, reasons }) =>
      reasons.map(({ says }) => saysWords(says).replace(` with ${name.replaceAll('-', ' ')}`, ' with these')),
    ),
  );
  return together.length < each.length ? together : each;
}

const once = (texts: readonly string[]): string[] => [...new Set(texts)];

const sharing = /^(.*” lets )(.+)( share it with you\.)$/;

/** Why a record is open, each reason once: those that differ only in who shares are one, with all who do. */
export function becauseWords(says: readonly string[]): string[] {
  const told = Map.groupBy(says.map(saysWords), (text) => text.replace(sharing, '$1$3'));
  return [...told.values()].map((alike) => {
    const [first = ''] = alike;
    const [, before = '', , after = ''] = sharing.exec(first) ?? [];
    return before === '' ? first : before + listed(alike.map((text) => sharing.exec(text)![2]!)) + after;
  });
}
