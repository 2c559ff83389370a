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
  privacy: 'the pages for checking accesses',
  audit: 'lists of accesses with their proofs',
  record: 'the record',
  people: 'finding a person',
  mine: 'their own view',
  identity: 'who is who',
  'identity-sealed': 'who is who, under seal',
  imports: 'files that were taken in',
  quarantine: 'entries that could not be stored',
  feeds: 'what partners send',
  messages: 'single messages of partners',
  policy: 'rules, roles and agreements',
  questions: 'questions people asked',
  corrections: 'what people ask to be put right',
  copies: 'copies people asked for',
  'sign-in': undefined,
};

/** The rule that permitted or refused, in few words. What is not here is told by its name. */
const ruleWords: Readonly<Record<string, string>> = {
  care: 'for care',
  safeguarding: 'for safeguarding',
  oversight: 'to check accesses',
  'after-death': 'after a death',
  'own-view': 'their own record',
  proxy: 'acts for them',
  secondary: 'beyond care',
  'signed-in-strongly': 'signed in too weakly',
  'role-in-force': 'role not in force',
  'may-by-role': 'not for this role',
  'within-app': 'not for this app',
  'own-or-agreed': 'no agreement to share',
  relationship: 'nothing shows care',
  'within-minimum-view': 'not in the small part they see',
  'part-not-yours': 'not for this role',
  'nothing-permits': 'no rule permits it',
  'own-record-at-work': 'their own record, at work',
  family: 'may be family',
  colleague: 'works at the same place',
  'too-sensitive': 'too sensitive for this role',
  'protected-location': 'place is protected',
  'objects-to-sharing': 'the person objects',
  'objects-even-in-emergency': 'the person objects',
  'blocks-organisation': 'the person keeps them out',
  'blocks-user': 'the person keeps them out',
  'change-of-others': 'said by another organisation',
  sealed: 'sealed',
  locked: 'sealed and locked',
};

export const ruleInWords = (rule: string): string => ruleWords[rule] ?? plain(rule);

/** What was done, to which kind of thing. */
export const didWords = ({ kind, resource }: Line): string => {
  const thing =
    resource === null || resource in thingWords ? thingWords[resource ?? ''] : typeWords(resource);
  return [kindWords[kind] ?? kind, thing].filter((text) => text !== undefined).join(': ');
};

export const whyWords = ({ purpose, reason }: Line): string =>
  [purpose === null ? '' : purposeWords(purpose), reason ?? ''].filter((text) => text !== '').join('. ');

/** A name of the policy as people write it. */
export const plain = (slug: string): string => (slug === 'hiv' ? 'HIV' : slug.replaceAll('-', ' '));

/** Many names of the policy in one line. */
export const plainList = (slugs: readonly string[], none = 'Nothing'): string =>
  slugs.length === 0 ? none : slugs.map(plain).join(', ');

/** Those chosen among all, told by what is missing where that is shorter. */
export function chosenWords(chosen: readonly string[], all: readonly string[]): string {
  const left = all.filter((each) => !chosen.includes(each));
  if (left.length === 0) return 'Everything';
  return chosen.length > 0 && left.length < chosen.length
    ? `Everything but ${plainList(left)}`
    : plainList(chosen);
}
