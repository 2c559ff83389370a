import { compileModel } from './model/compile.ts';
import type { Model } from './model/types.ts';
import { inSteps, probabilityOf } from './model/weights.ts';
import { jaroWinkler, withinOneEdit } from './similarity.ts';
import type { Agreement, Evidence, Normalised } from './types.ts';

/** All that two records say about being one person, by a model. The same both ways round. */
export function compare(a: Normalised, b: Normalised, model: Model): Evidence {
  const { contributions: weigh, vetoes, prior } = compileModel(model);
  const contributions = weigh(a, b);
  const weight = contributions.reduce((sum, each) => sum + each.weight, prior);
  return {
    weight: inSteps(weight),
    probability: probabilityOf(weight),
    contributions,
    vetoes: vetoes(a, b),
    agreement: agreementOf(a, b),
  };
}

/** What two records weigh together by a model: quicker than all that they say. */
export const weightBetween = (a: Normalised, b: Normalised, model: Model): number =>
  compileModel(model).weight(a, b);

/** What two records agree on, outside any model. */
export function agreementOf(a: Normalised, b: Normalised): Agreement {
  return {
    nhsNumber: sameness(a.nhsNumber, b.nhsNumber),
    birthDate: birthAgreement(a, b),
    nameKey: nameKeyAgrees(a, b),
    outcode: outcodeAgrees(a, b),
    given: givenAgreement(a, b),
  };
}

const sameness = (a: string | undefined, b: string | undefined): 'same' | 'different' | 'unknown' =>
  a === undefined || b === undefined ? 'unknown' : a === b ? 'same' : 'different';

/**
 * Partly: two of day, month and year agree, or day and month are exchanged. Source: NHS England, The Person_ID Handbook, cross-check
 * trace. A year must then be off by one slip only, or a parent and a child with one birthday would agree in part. So does the same
 * year where one date is 1 January, which many systems write when only the year is known.
 */
function birthAgreement(a: Normalised, b: Normalised): Agreement['birthDate'] {
  const parts = [
    sameness(a.birthYear, b.birthYear),
    sameness(a.birthMonth, b.birthMonth),
    sameness(a.birthDay, b.birthDay),
  ];
  const same = parts.filter((part) => part === 'same').length;
  const different = parts.filter((part) => part === 'different').length;
  if (same === 3) return 'same';
  if (same === 0 && different === 0) return 'unknown';
  if (same === 2)
    return parts[0] === 'different' && !isSlip(a.birthYear, b.birthYear) ? 'different' : 'partly';
  if (
    parts[0] === 'same' &&
    a.birthDay === b.birthMonth &&
    a.birthMonth === b.birthDay &&
    a.birthDay !== undefined
  )
    return 'partly';
  if (parts[0] === 'same' && (isGuess(a) || isGuess(b))) return 'partly';
  return different === 0 ? 'unknown' : 'different';
}

const isGuess = ({ birthMonth, birthDay }: Normalised): boolean => birthMonth === '01' && birthDay === '01';

const isSlip = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && withinOneEdit(a, b);

function nameKeyAgrees(a: Normalised, b: Normalised): boolean | undefined {
  if (a.given === undefined || b.given === undefined || a.family === undefined || b.family === undefined)
    return undefined;
  return a.given[0] === b.given[0] && a.family.slice(0, 3) === b.family.slice(0, 3);
}

function outcodeAgrees(a: Normalised, b: Normalised): boolean | undefined {
  const [one, two] = [outcodes(a), outcodes(b)];
  if (one.length === 0 || two.length === 0) return undefined;
  return one.some((code) => two.includes(code));
}

const outcodes = ({ outcode, postcodes = [] }: Normalised): string[] => [
  ...(outcode === undefined ? [] : [outcode]),
  ...postcodes.filter((code) => code.length >= 5).map((code) => code.slice(0, -3)),
];

/** Two given names below this likeness are different names; the level is that of the model's weakest likeness. */
const unlikeBelow = 0.75;

function givenAgreement(a: Normalised, b: Normalised): Agreement['given'] {
  if (a.given === undefined || b.given === undefined) return 'unknown';
  if (a.given === b.given) return 'same';
  const isInitial = a.given.length === 1 || b.given.length === 1;
  if (isInitial) return a.given[0] === b.given[0] ? 'like' : 'different';
  if (a.givenRoot === b.givenRoot || a.names?.includes(b.given) || b.names?.includes(a.given)) return 'like';
  return jaroWinkler(a.given, b.given) >= unlikeBelow ? 'like' : 'different';
}
