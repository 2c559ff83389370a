/** Words of the privacy officer's pages. */
import type { Effect, Line, OddState } from '../api/privacy.ts';
import { purposeWords } from './purposes.ts';
import { typeWords } from './record.ts';

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

/** What things are called, where their name in FHIR or in the program says little. Undefined where the deed says it all. */
const thingWords: Readonly<Record<string, string | undefined>> = {
  Patient: 'name, address and other details',
  AuditEvent: 'who looked',
  Consent: 'choices',
  Flag: 'help a person needs',
  RelatedPerson: 'who acts for whom',
  Task: 'what was asked to be put right',
  Communication: 'questions asked',
  Post: 'the role of somebody',
  Glass: 'broken glasses',
  glass: 'broken glasses',
  WhoCouldSee: 'who could see a record',
  OddAccess: 'an odd access',
  organisations: 'partners and places',
  'sign-in': undefined,
};

/** What was done, to which kind of thing. */
export const didWords = ({ kind, resource }: Line): string => {
  const thing =
    resource === null || resource in thingWords ? thingWords[resource ?? ''] : typeWords(resource);
  return [kindWords[kind] ?? kind, thing].filter((text) => text !== undefined).join(': ');
};

export const whyWords = ({ purpose, reason }: Line): string =>
  [purpose === null ? '' : purposeWords(purpose), reason ?? ''].filter((text) => text !== '').join('. ');

export const plain = (slug: string): string => slug.replaceAll('-', ' ');
