import type { FeedKind } from '../place/types.ts';

/** What goes wrong with a record of a person, by the share of records in which it is tried. */
export const errorKinds = [
  'number-missing',
  'number-mistyped',
  'number-of-another',
  'family-typo',
  'given-typo',
  'birth-typo',
  'birth-swapped',
  'birth-default',
  'names-swapped',
  'nickname',
  'former-family',
  'other-spelling',
  'diacritics-lost',
  'double-name-halved',
  'middle-lost',
  'postcode-missing',
  'postcode-typo',
  'phone-missing',
  'sex-wrong',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** What the truth tells of a record: errors, news that never arrived, and newborn babies who have no name yet. */
export type Flaw = ErrorKind | 'stale' | 'baby-name';

/** Those that need something to go wrong with: a nickname can only be used by someone who has one. */
export const conditionalErrors: ReadonlySet<ErrorKind> = new Set([
  'number-missing',
  'number-mistyped',
  'number-of-another',
  'birth-swapped',
  'nickname',
  'former-family',
  'other-spelling',
  'diacritics-lost',
  'double-name-halved',
  'middle-lost',
  'phone-missing',
  'postcode-missing',
  'postcode-typo',
]);

/** Habits of a kind of partner. Shares of 1. */
export type Habits = {
  errors: Readonly<Record<ErrorKind, number>>;
  /** A change of name or address never reaches the partner. */
  staleForEver: number;
  /** Days until it does otherwise, on average. */
  daysToNotice: number;
  /** The same person gets a second record. */
  duplicate: number;
  /** A second record is found and merged (only where the feed can say so). */
  duplicateMerged: number;
};

const columns = [
  'gp',
  'acute',
  'mental-health',
  'independent',
  'council',
  'voluntary',
  'housing',
  'school',
  'drug-and-alcohol',
] as const satisfies readonly FeedKind[];

/**
 * Parts of 1,000, one column for each kind of partner. Our own estimates, ordered as the published experience is: general
 * practice best (numbers traced at registration), hospitals next (NHS numbers in 97 to 99.5% of hospital records), then
 * councils, then everybody who has no NHS number to ask for.
 */
const rates: Readonly<Record<ErrorKind | keyof Omit<Habits, 'errors'>, readonly number[]>> = {
  //                      gp  acute    mh  indep  council  volunt  housing  school  drugs
  'number-missing': [2, 25, 35, 45, 140, 1000, 1000, 1000, 320],
  'number-mistyped': [0.3, 2, 2, 3, 5, 0, 0, 0, 6],
  'number-of-another': [0.2, 0.8, 0.8, 1, 2, 0, 0, 0, 2],
  'family-typo': [2, 7, 8, 6, 12, 25, 15, 8, 18],
  'given-typo': [2, 7, 8, 6, 12, 25, 15, 8, 18],
  'birth-typo': [0.8, 4, 4, 4, 7, 15, 10, 3, 12],
  'birth-swapped': [0.4, 2, 2, 2, 5, 8, 6, 1, 6],
  'birth-default': [0.2, 1.5, 1.5, 0.5, 4, 12, 12, 0, 8],
  'names-swapped': [0.3, 1.5, 1.5, 1, 3, 5, 3, 2, 4],
  nickname: [4, 12, 20, 10, 40, 220, 50, 60, 160],
  'former-family': [6, 20, 20, 15, 40, 60, 50, 0, 50],
  'other-spelling': [6, 35, 35, 30, 50, 90, 60, 30, 70],
  'diacritics-lost': [150, 700, 250, 700, 600, 850, 850, 500, 850],
  'double-name-halved': [15, 60, 60, 50, 90, 150, 100, 60, 120],
  'middle-lost': [30, 350, 350, 300, 600, 1000, 700, 150, 850],
  'postcode-missing': [1, 6, 8, 5, 15, 250, 0, 10, 180],
  'postcode-typo': [1, 5, 6, 4, 10, 20, 2, 6, 15],
  'phone-missing': [60, 150, 200, 80, 300, 150, 250, 200, 350],
  'sex-wrong': [0.5, 2, 2, 1, 3, 4, 6, 1, 4],
  staleForEver: [50, 130, 130, 90, 160, 300, 120, 60, 300],
  daysToNotice: [45, 120, 110, 60, 150, 250, 30, 40, 200],
  duplicate: [1.5, 12, 14, 6, 20, 40, 15, 3, 50],
  duplicateMerged: [0, 550, 500, 300, 0, 0, 0, 0, 0],
};

export const habits: Readonly<Record<FeedKind, Habits>> = Object.fromEntries(
  columns.map((kind, at) => {
    const share = (of: keyof typeof rates): number => rates[of][at]! / 1000;
    const errors = Object.fromEntries(errorKinds.map((error) => [error, share(error)])) as Habits['errors'];
    return [
      kind,
      {
        errors,
        staleForEver: share('staleForEver'),
        daysToNotice: share('daysToNotice') * 1000,
        duplicate: share('duplicate'),
        duplicateMerged: share('duplicateMerged'),
      },
    ];
  }),
) as Record<FeedKind, Habits>;
