/** Words of a person's own view. Short and plain: readers are nine and up. */
import type { ChoiceKind, PlainTest, ProxyKind, QuestionState, Span, StageName } from '../api/mine.ts';

export const rangeWords: Record<PlainTest['range'], string> = {
  usual: 'In the usual range',
  above: 'Above the usual range',
  below: 'Below the usual range',
  unusual: 'Not as usual',
  'not-said': 'No range given',
  'in-words': 'Answer in words',
};

export const rangeAdvice: Record<PlainTest['range'], string | undefined> = {
  usual: undefined,
  above: 'This does not have to be bad. Ask the team who did the test.',
  below: 'This does not have to be bad. Ask the team who did the test.',
  unusual: 'This does not have to be bad. Ask the team who did the test.',
  'not-said': 'We were not told what is usual.',
  'in-words': undefined,
};

export const stageWords: Record<StageName, string> = {
  sent: 'Sent',
  accepted: 'Taken on',
  booked: 'Date set',
  seen: 'You were seen',
  finished: 'Done',
};

export const stoppedWords = {
  cancelled: 'It was called off. Ask who sent you if you did not know.',
  'on-hold': 'It is on hold. Ask who sent you why.',
  mistake: 'It was a mistake.',
} as const;

export const questionWords: Record<QuestionState, string> = {
  asked: 'Asked. You will get an answer.',
  explained: 'Answered: it was right to look',
  upheld: 'Answered: it was wrong to look',
};

export const correctionWords = {
  asked: 'Asked. You will get an answer.',
  changed: 'It was put right',
  'not-changed': 'It was not changed',
} as const;

export const copyWords = {
  asked: 'Asked',
  checking: 'Being checked',
  ready: 'Ready',
} as const;

type ChoiceWords = { title: string; does: string[]; doesNot: string[]; yes: string; no: string };

/** What each choice does and does not do. Said plainly, so that nobody thinks that they are safer than they are. */
export const choiceWords: Record<ChoiceKind, ChoiceWords> = {
  'objects-to-sharing': {
    title: 'Do not share my record',
    does: ['Each service sees only what it wrote itself.', 'It counts at once.'],
    doesNot: [
      'In an emergency, staff can still open your record. You are told each time.',
      'Staff who must keep somebody safe may still look.',
      'It does not stop your GP or hospital from writing things down.',
    ],
    yes: 'Do not share my record',
    no: 'Share my record again',
  },
  'objects-even-in-emergency': {
    title: 'Not even in an emergency',
    does: ['Staff elsewhere cannot open your record, not even when you cannot speak.'],
    doesNot: [
      'Staff who must keep somebody safe may still look.',
      'Each service still sees what it wrote itself.',
    ],
    yes: 'Not even in an emergency',
    no: 'Let staff look in an emergency',
  },
  'blocks-organisation': {
    title: 'Keep one service out',
    does: ['The service you name sees nothing from others.'],
    doesNot: ['It still sees what it wrote itself.'],
    yes: 'Keep it out',
    no: 'Let it see again',
  },
  'national-data-opt-out': {
    title: 'National data opt-out',
    does: [
      'Here, nothing that shows who you are is used for research and planning.',
      'To say it for all of England, you must set it on the NHS website or by phone: 0300 303 5678.',
    ],
    doesNot: [
      'It does not change your own care.',
      'It does not stop uses that the law says must go on.',
      'We write down here what you tell us. We cannot set it for England.',
    ],
    yes: 'I have opted out',
    no: 'I have not opted out',
  },
  'type-1-opt-out': {
    title: 'Type 1 opt-out',
    does: [
      'Here, what your GP wrote is used only for your own care.',
      'To make it count with your GP, you must tell your GP practice.',
    ],
    doesNot: [
      'It is only about what your GP wrote. It is not about hospitals.',
      'It does not change your own care.',
      'We write down here what you tell us. We cannot set it at your GP.',
    ],
    yes: 'I have opted out',
    no: 'I have not opted out',
  },
};

export const proxyWords: Record<ProxyKind, string> = {
  parent: 'Parent',
  consented: 'Somebody you chose',
  attorney: 'Attorney',
  deputy: 'Deputy of the court',
  'personal-representative': 'Acts after a death',
  claimant: 'Has a claim after a death',
};

const classWords: Record<string, string> = {
  identity: 'name and details',
  location: 'address',
  involvement: 'who looks after you',
  appointments: 'appointments',
  referrals: 'referrals',
  medication: 'medicines',
  allergies: 'allergies',
  conditions: 'conditions',
  results: 'tests',
  immunisations: 'vaccinations',
  documents: 'letters',
  plans: 'plans',
  safety: 'alerts',
  'social-care': 'social care',
  education: 'school',
  housing: 'housing',
  choices: 'choices',
  'access-list': 'who looked',
  directory: 'services',
};

/** The classes somebody can choose to show to whom they let act for them. */
export const shownClasses = [
  'appointments',
  'referrals',
  'medication',
  'allergies',
  'conditions',
  'results',
  'immunisations',
  'documents',
  'plans',
] as const;

export const classesWords = (classes: readonly string[] | null): string =>
  classes === null ? 'all of it' : classes.map((each) => classWords[each] ?? each).join(', ');

export const classWord = (name: string): string => classWords[name] ?? name;

const recordedWords: Record<string, string> = {
  competent: 'a doctor or nurse wrote that the young person understands',
  'young-person-agrees': 'the young person agrees',
  'lacks-capacity': 'a doctor wrote that the person cannot decide',
};

/** What somebody who acts may see in one span of ages. */
export function spanWords({ fromAge, toAge, only, unless, classes }: Span): string {
  const ages =
    toAge === null
      ? `From ${fromAge}`
      : fromAge === 0
        ? `Up to ${toAge - 1}`
        : `From ${fromAge} to ${toAge - 1}`;
  const when = only === null ? '' : `, if ${recordedWords[only] ?? only}`;
  const not = unless === null ? '' : `, but not if ${recordedWords[unless] ?? unless}`;
  return `${ages} years: ${classesWords(classes)}${when}${not}.`;
}
