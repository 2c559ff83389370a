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

const acts: Record<string, string> = {
  read: 'looked at',
  search: 'found you in a search of',
  create: 'added to',
  update: 'changed',
  delete: 'removed something from',
  operate: 'worked with',
  decision: 'asked whether they may see',
  export: 'made a copy of',
  link: 'joined or split',
  'break-glass': 'opened in an emergency',
  policy: 'changed who may see',
  'sign-in': 'signed in to see',
  'sign-out': 'signed out of',
};

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
  const act = actOf(event);
  const said = particulars?.reason === undefined ? '' : ` They wrote: ${particulars.reason}`;
  const reason = reasons[event.purpose ?? ''] ?? reasonOf(event);
  return {
    when: moment.format(new Date(event.at)).replace(',', ''),
    who: place === undefined ? name : `${name}, ${place}`,
    what:
      event.outcome === 'permitted'
        ? act
        : event.outcome === 'refused'
          ? `tried to, but was refused: ${act}`
          : `tried to, but it did not work: ${act}`,
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

function actOf({ user, kind, resource = '', rule = '' }: LoggedEvent): string {
  const arrival = arrivals[rule];
  if (arrival !== undefined) return arrival;
  if (isFeed(user)) return `sent news for ${things[resource] ?? 'your record'}`;
  const check = rule === 'oversight' ? checked[resource] : undefined;
  if (check !== undefined) return `checked ${check}`;
  if (kind === 'decision' || resource === 'Glass') {
    const done = checks[rule];
    if (done !== undefined) return done;
  }
  return `${acts[kind] ?? 'used'} ${things[resource] ?? 'your record'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
