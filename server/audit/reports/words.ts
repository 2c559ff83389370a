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

/** Source: HL7 v3 ActReason, the codes in use here. */
const reasons: Record<string, string> = {
  TREAT: 'to care for you',
  ETREAT: 'to care for you in an emergency',
  BTG: 'in an emergency, without being asked first. Every such case is checked',
  PATRQT: 'because you asked',
  HPAYMT: 'to have your care paid for',
  HOPERAT: 'to run the service',
  HRESCH: 'for research',
  PUBHLTH: 'to protect the health of the public',
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
  const name = particulars?.userName ?? `user ${event.user}`;
  const thing = things[event.resource ?? ''] ?? 'your record';
  const act = `${acts[event.kind] ?? 'used'} ${thing}`;
  const said = particulars?.reason === undefined ? '' : ` They wrote: ${particulars.reason}`;
  const reason = reasons[event.purpose ?? ''] ?? 'the reason was not given';
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

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
