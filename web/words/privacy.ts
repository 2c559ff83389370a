/** Words of the privacy officer's pages. */
import type { Effect, Line, OddState } from '../api/privacy.ts';
import { purposeWords } from './purposes.ts';

export const kindWords: Record<string, string> = {
  read: 'Looked at',
  search: 'Found in a search',
  create: 'Added to',
  update: 'Changed',
  delete: 'Removed from',
  operate: 'Worked with',
  decision: 'Decided',
  export: 'Copied',
  link: 'Joined or parted records',
  'break-glass': 'Broke the glass',
  policy: 'Changed the policy',
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
};

export const outcomeWords: Record<string, string> = {
  permitted: 'Allowed',
  refused: 'Refused',
  failed: 'Did not work',
};

export const outcomeColours: Record<string, string> = { permitted: 'grey', refused: 'red', failed: 'orange' };

export const stateWords: Record<OddState, string> = {
  asked: 'Asked about',
  explained: 'Explained',
  upheld: 'Was wrong',
};

export const effectWords: Record<Effect, string> = {
  permit: 'open',
  'break-glass': 'by breaking the glass',
  deny: 'closed',
};

export const oddReasonWords: Record<string, string> = {
  self: 'Their own record',
  family: 'May be family',
  neighbour: 'Lives nearby',
  colleague: 'Works at the same place',
  'no relationship': 'Nothing shows care',
  bulk: 'Very many people in an hour',
  'out of hours': 'Outside their usual hours',
};

/** What was done, to which kind of thing. */
export const didWords = ({ kind, resource }: Line): string =>
  `${kindWords[kind] ?? kind}${resource === null ? '' : `: ${resource}`}`;

export const whyWords = ({ purpose, reason }: Line): string =>
  [purpose === null ? '' : purposeWords(purpose), reason ?? ''].filter((text) => text !== '').join('. ');

export const plain = (slug: string): string => slug.replaceAll('-', ' ');
