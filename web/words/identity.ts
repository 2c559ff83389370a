/** Words about who is who. */
import type {
  Agreement,
  CaseLine,
  CaseState,
  FieldName,
  LinkMethod,
  Verdict,
  Side,
} from '../api/identity.ts';

export const fieldWords: Record<FieldName, string> = {
  name: 'Name',
  otherNames: 'Other names',
  birthDate: 'Date of birth',
  deathDate: 'Date of death',
  sex: 'Sex',
  nhsNumber: 'NHS number',
  address: 'Address',
  phone: 'Phone',
  email: 'E-mail',
};

export const agreementWords: Record<Agreement, { words: string; colour: string } | undefined> = {
  same: { words: 'Same', colour: 'green' },
  partly: { words: 'Partly the same', colour: 'yellow' },
  different: { words: 'Different', colour: 'red' },
  'one-sided': { words: 'Only one says', colour: 'grey' },
  neither: undefined,
};

export const queueWords: Record<CaseLine['queue'], string> = {
  ordinary: 'One person?',
  quarantine: 'Wrong number?',
  sealed: 'Sealed',
};

export const stateWords: Record<CaseState, string> = {
  waiting: 'Waiting',
  disputed: 'Reviewers differ: a third decides',
  same: 'Decided: same person',
  different: 'Decided: different people',
  'cannot-tell': 'Closed: nobody can tell',
  withdrawn: 'Taken back: the record changed',
};

export const verdictWords: Record<Verdict, string> = {
  same: 'Same person',
  different: 'Different people',
  'cannot-tell': 'Cannot tell',
};

export const methodWords: Record<LinkMethod, string> = {
  alone: 'First record of this person',
  'nhs-number-and-birth-date': 'Same NHS number and date of birth',
  'nhs-number-cross-check': 'Same NHS number; date of birth in part, and name or area',
  probabilistic: 'Enough particulars agree',
  decided: 'Decided by a reviewer',
  superseded: 'Its source replaced it by another record',
};

/** Reasons a reviewer may give. They are kept with the decision. */
export const reasonWords: Record<Verdict, string[]> = {
  same: ['Particulars agree', 'Confirmed with the source', 'Confirmed with the person'],
  different: [
    'Different people in one household',
    'Twins or siblings',
    'Only the name is alike',
    'Wrong NHS number',
  ],
  'cannot-tell': ['Too little is known', 'The source must be asked'],
};

/** What may become of two identities with a number each. They are joined by the national service alone, when it merges the numbers. */
export const sealedVerdictWords = {
  different: 'Keep them apart, and sealed',
  'cannot-tell': 'Leave it: somebody else must act',
} as const;

/** Reasons a reviewer of a sealed case may give. */
export const sealedReasonWords: Record<keyof typeof sealedVerdictWords, string[]> = {
  different: [
    'Adoption',
    'Gender change with a new NHS number',
    'New identity for safety',
    'Different people who are alike',
  ],
  'cannot-tell': [
    'Two numbers by mistake: told to the national service',
    'The source must be asked',
    'Too little is known',
  ],
};

/** A weight in bits: `+12.4` or `−3.1`. */
export function bitsWords(weight: number): string {
  const size = Math.abs(weight).toFixed(1);
  if (size === '0.0') return '0.0';
  return weight > 0 ? `+${size}` : `\u2212${size}`;
}

/** What a weight in bits says of the odds, in rounded words. */
export function oddsWords(weight: number): string {
  const odds = 2 ** Math.abs(weight);
  if (odds < 1.5) return 'As likely one person as two';
  const who = weight > 0 ? 'one person' : 'two people';
  if (odds >= 1e9) return `More than a thousand million to 1 for ${who}`;
  return `About ${rounded(odds)} to 1 for ${who}`;
}

function rounded(odds: number): string {
  if (odds >= 1e6) return `${Math.round(odds / 1e6)} million`;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(odds)) - 1);
  return (Math.round(odds / step) * step).toLocaleString('en-GB');
}

/** A sentence for a reason in the words of the program. */
export function sentence(text: string): string {
  const words = text.replaceAll('-', ' ').replace(/\bnhs\b/g, 'NHS');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Who says it: the organisation's name, else the address of the source. */
export const sourceWords = ({ sourceName, source }: Pick<Side, 'sourceName' | 'source'>): string =>
  sourceName ?? (source === '' ? 'Not named' : source);
