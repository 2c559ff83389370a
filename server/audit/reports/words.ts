import type { Particulars } from '../types.ts';
import type { LoggedEvent } from '../verifier/index.ts';

/** What is called how in a person's own list. Short words: the list is for readers of nine and up. */
const things: Record<string, string> = {
  Patient: 'your name, address and other details',
  Observation: 'your test results and measurements',
  Condition: 'your health conditions',
  MedicationRequest: 'your medicines',
  MedicationStatement: 'your medicines',
  AllergyIntolerance: 'your allergies',
  Immunization: 'your vaccinations',
  Encounter: 'your visits',
  Appointment: 'your appointments',
  DocumentReference: 'your letters',
  DiagnosticReport: 'your test reports',
  CarePlan: 'your care plan',
  ServiceRequest: 'your referrals',
  Procedure: 'your operations and treatments',
  Relationship: 'the list of who cares for you',
  AuditEvent: 'the list of who looked at your record',
  Consent: 'your choices',
  Flag: 'what help you need',
  RelatedPerson: 'the list of who acts for you',
  Task: 'what you asked us to put right',
  Communication: 'your questions',
  WhoCouldSee: 'the list of who could see your record',
};

/** An act as it is told when it was done, and when it was only tried; `after` stands behind what it was about. */
type Act = { did: string; tried: string; after?: string };

const acts: Record<string, Act> = {
  read: { did: 'looked at', tried: 'look at' },
  search: { did: 'found you in a search of', tried: 'find you in a search of' },
  create: { did: 'added to', tried: 'add to' },
  update: { did: 'changed', tried: 'change' },
  delete: { did: 'removed something from', tried: 'remove something from' },
  operate: { did: 'worked with', tried: 'work with' },
  decision: { did: 'asked whether they may see', tried: 'ask whether they may see' },
  export: { did: 'made a copy of', tried: 'make a copy of' },
  link: { did: 'joined or split', tried: 'join or split' },
  'break-glass': { did: 'opened', tried: 'open', after: ' in an emergency' },
  policy: { did: 'changed who may see', tried: 'change who may see' },
  'sign-in': { did: 'signed in to see', tried: 'sign in to see' },
  'sign-out': { did: 'signed out of', tried: 'sign out of' },
};
const otherAct: Act = { did: 'used', tried: 'use' };
const checking: Act = { did: 'checked', tried: 'check' };
const sending: Act = { did: 'sent news for', tried: 'send news for' };

/** What those did who check how records are used, by the rule that stands with it. */
const checks: Readonly<Record<string, string>> = {
  'reviewed-justified': 'checked why your record was opened in an emergency, and found it right',
  'reviewed-not-justified': 'checked why your record was opened in an emergency, and found it wrong',
  'delay-notice': 'decided to tell you later that your record was opened in an emergency',
  'closed-early': 'closed your record again after an emergency',
  competent: 'wrote down that you can decide about your record',
  'young-person-agrees': 'wrote down that you agree to who sees your record',
  'lacks-capacity': 'wrote down that others may have to decide for you',
  'competent-ended': 'took back a decision about your record',
  'young-person-agrees-ended': 'took back a decision about your record',
  'lacks-capacity-ended': 'took back a decision about your record',
  asked: 'checked a look at your record, and asked about it',
  explained: 'checked a look at your record, and found it right',
  upheld: 'checked a look at your record, and found it wrong',
};

/** What they looked at for it. */
const checked: Readonly<Record<string, string>> = {
  AuditEvent: 'who looked at your record',
  Glass: 'why your record was opened in an emergency',
  Patient: 'whose record it is',
  WhoCouldSee: 'who could see your record',
};

/** Source: HL7 v3 ActReason, the codes in use here. */
const reasons: Record<string, string> = {
  TREAT: 'to care for you',
  ETREAT: 'to care for you in an emergency',
  BTG: 'in an emergency, without being asked first. Every such case is checked',
  PATRQT: 'because you asked',
  CAREMGT: 'to plan your care',
  COC: 'to join up your care',
  PATADMIN: 'to arrange your care',
  THREAT: 'to keep somebody safe',
  HCOMPL: 'to check that your record is used in the right way',
  HDECD: 'after a death',
  FAMRQT: 'because they act for you',
  PWATRNY: 'because they act for you',
  HPAYMT: 'to have your care paid for',
  HOPERAT: 'to run the service',
  HQUALIMP: 'to make a service better',
  PERFMSR: 'to see how well a service works',
  POPHLTH: 'to plan services for many people',
  HRESCH: 'for research',
  PUBHLTH: 'to protect the health of the public',
  HSYSADMIN: 'to keep the service running',
};

const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'Europe/London',
});

/** What an access list says of one event. `nameOf` gives what an organisation is called. */
export type AccessInWords = { when: string; who: string; what: string; why: string };

/** One event in plain words, for the person it was about. */
export function inWords(
  event: LoggedEvent,
  particulars: Particulars | undefined,
  nameOf: (odsCode: string) => string | undefined,
): AccessInWords {
  const place =
    event.organisation === undefined ? undefined : (nameOf(event.organisation) ?? event.organisation);
  const name = whoseName(event, particulars);
  const said = particulars?.reason === undefined ? '' : ` They wrote: ${particulars.reason}`;
  const reason = reasons[event.purpose ?? ''] ?? reasonOf(event);
  return {
    when: moment.format(new Date(event.at)).replace(',', ''),
    who: place === undefined ? name : `${name}, ${place}`,
    what: tell([deedOf(event)]),
    why: `${capital(reason)}.${said}`,
  };
}

/** What whoever did it is called. Programs that send, and those who run the system, have ids of their own kind. */
export function whoseName({ user }: LoggedEvent, particulars: Particulars | undefined): string {
  const name = particulars?.userName;
  if (user.startsWith('account:')) return 'Somebody who runs this system';
  if (isFeed(user)) return name === undefined ? 'A computer system' : `A computer system, ${name}`;
  return name ?? `user ${user}`;
}

const isFeed = (user: string): boolean => user.startsWith('feed:');

const reasonOf = ({ user }: LoggedEvent): string =>
  isFeed(user) ? 'to keep your record up to date' : 'the reason was not given';

/** What was done with messages and files about somebody, by the rule that stands with it. */
const arrivals: Readonly<Record<string, string>> = {
  loaded: 'loaded a file with news for your record',
  replayed: 'put news that had to wait into your record',
  erased: 'erased names and words from old lines of this list',
};

/** Several accesses in plain words: each act once, with all that it was about. */
export function actsInWords(events: readonly LoggedEvent[]): string[] {
  const same = Map.groupBy(events.map(deedOf), ({ act, outcome }) => `${act.did} ${outcome}`);
  return [...same.values()].map(tell);
}

type Deed = { act: Act; about: string; outcome: string };

function deedOf({ user, kind, resource = '', rule = '', outcome }: LoggedEvent): Deed {
  const arrival = arrivals[rule];
  if (arrival !== undefined) return { act: { did: arrival, tried: arrival }, about: '', outcome };
  const check = rule === 'oversight' ? checked[resource] : undefined;
  if (check !== undefined) return { act: checking, about: check, outcome };
  const done = kind === 'decision' || resource === 'Glass' ? checks[rule] : undefined;
  if (done !== undefined) return { act: { did: done, tried: done }, about: '', outcome };
  const act = isFeed(user) ? sending : (acts[kind] ?? otherAct);
  return { act, about: things[resource] ?? 'your record', outcome };
}

function tell(deeds: readonly Deed[]): string {
  const { act, outcome } = deeds[0]!;
  const about = [...new Set(deeds.map((deed) => deed.about))].join('; ');
  const after = `${about === '' ? '' : ` ${about}`}${act.after ?? ''}`;
  if (outcome === 'permitted') return `${act.did}${after}`;
  return `tried to ${act.tried}${after}, but ${outcome === 'refused' ? 'was refused' : 'it did not work'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
