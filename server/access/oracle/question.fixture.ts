import type { Agreement, Policy } from '../policy/schema.ts';
import type { Action, Context, Item, Moments, Party, Subject } from '../types.ts';

/**
 * A second way to the same answers, written on its own: a table of what stops a request, read from top to bottom, with dates and lists
 * looked up plainly each time. It shares data and words with the first, and no code.
 */
export type Question = {
  subject: Subject;
  action: Action;
  item: Item;
  context: Context;
  policy: Policy;
  agreements: readonly Agreement[];
};

export const during = ({ from, to }: Moments, at: number): boolean =>
  !(at < from) && !(to !== null && to <= at);

export const jobOf = ({ subject, policy }: Question) =>
  subject.kind === 'resident'
    ? null
    : (policy.profiles.find(({ roles }) => roles.some(({ code }) => code === subject.post.role)) ?? null);

export const employer = ({ subject }: Question): Party | null =>
  subject.kind === 'resident' ? null : subject.post.organisation;

export const holdsIt = (q: Question): boolean => employer(q)?.id === q.item.holder.id;

const signs = ({ id, bodies }: Party, signed: ReadonlySet<string>): boolean =>
  [id, ...bodies].some((each) => signed.has(each));

export function paper(q: Question): Agreement | null {
  const us = employer(q);
  if (us === null || holdsIt(q)) return null;
  for (const each of q.agreements) {
    const signed = new Set(each.parties);
    if (!signs(us, signed) || !signs(q.item.holder, signed)) continue;
    if (q.context.day < each.from || (each.to !== null && q.context.day >= each.to)) continue;
    if (!new Set<string>(each.purposes).has(q.context.purpose)) continue;
    if (!new Set<string>(each.classes).has(q.item.dataClass)) continue;
    if (q.item.labels.some((label) => !each.labels.includes(label))) continue;
    return each;
  }
  return null;
}

export type Bond = { personal: boolean; direct: boolean; claimed: boolean };

/** Every relationship that counts here, in no order. */
export function bonds(q: Question, branch: string): Bond[] {
  const { subject, item, context, policy } = q;
  if (subject.kind === 'resident' || item.about === null) return [];
  const found: Bond[] = [];
  for (const tie of item.about.relationships) {
    for (const kind of policy.relationships) {
      if (kind.kind !== tie.kind || !new Set(kind.branches).has(branch)) continue;
      const places = [subject.post.organisation.id, ...subject.post.organisation.bodies];
      if (!places.includes(tie.organisation)) continue;
      if (tie.user !== null && tie.user !== subject.id) continue;
      if (tie.user === null && tie.team !== null && !subject.post.teams.includes(tie.team)) continue;
      const ends = [
        tie.to === null ? Number.POSITIVE_INFINITY : tie.to + kind.graceDays * 24 * 60 * 60 * 1000,
        kind.longestHours === null ? Number.POSITIVE_INFINITY : tie.from + kind.longestHours * 60 * 60 * 1000,
      ];
      if (context.at < tie.from || context.at >= Math.min(...ends)) continue;
      if (kind.classes !== null && !new Set<string>(kind.classes).has(item.dataClass)) continue;
      found.push({
        personal: tie.team !== null || tie.user !== null,
        direct: kind.direct,
        claimed: tie.kind === 'self-claimed',
      });
    }
  }
  return found;
}

/** The one to speak of: personal ones first, then direct ones, then what was not only claimed, then as they came. */
export function bond(q: Question, branch: string): Bond | undefined {
  let left = bonds(q, branch);
  for (const better of [
    ({ personal }: Bond) => personal,
    ({ direct }: Bond) => direct,
    ({ claimed }: Bond) => !claimed,
  ]) {
    if (left.some(better)) left = left.filter(better);
  }
  return left[0];
}

export const noted = ({ item, context }: Question, kind: string): boolean =>
  (item.about?.recorded ?? []).some((each) => each.kind === kind && during(each, context.at));

export const wish = (
  { item, context }: Question,
  kind: string,
  field?: 'organisation' | 'user' | 'project',
  value?: string | null,
) =>
  (item.about?.choices ?? [])
    .filter((each) => each.kind === kind && during(each, context.at))
    .some((each) => field === undefined || (value != null && each[field] === value));

export const wentDark = ({ item, context }: Question): boolean =>
  item.about !== null && item.about.died !== null && !(context.day < item.about.died);

/** Whole years, counted by birthdays. */
export function years({ item, context }: Question): number | null {
  const born = item.about?.born;
  if (born == null) return null;
  let age = -1;
  for (let year = Number(born.slice(0, 4)); `${year}${born.slice(4)}` <= context.day; year++) age++;
  return age;
}
