/** Who a patient is compared with, and what the comparison says. Pure, but for the model in use. */
import {
  compare,
  defaultModel,
  judge,
  weightBetween,
  type Evidence,
  type Judgement,
  type Model,
  type Normalised,
} from './matching/index.ts';
import type { LinkMethod, Member } from './types.ts';

/** The model in use: the default one until another is adopted. Each link names its version. */
// oxlint-disable-next-line import/no-mutable-exports -- who imports it sees what was adopted
export let model: Model = defaultModel;

/** From now on this program decides by this model. */
export function decideBy(adopted: Model): void {
  model = adopted;
}

/** A key that more patients share than this says too little to be worth comparing them all. */
export const largestBlock = 200;

/** So many under one key are a crowd: of them only those are looked at who share another key. */
export const crowd = 30;

/** A patient is tied to no more than so many of a person's patients: enough that the loss of one does not part the rest. */
const tiesForALink = 3;

type Pairs<Answer> = Map<Normalised, Map<Normalised, Answer>>;

/** Compares pairs, each pair once: those who say the same of themselves are compared once for all. */
export class Comparer {
  readonly #evidence: Pairs<Evidence> = new Map();
  readonly #serious: Pairs<boolean> = new Map();

  evidence(a: Member, b: Member): Evidence {
    return once(this.#evidence, a.normalised, b.normalised, (x, y) => compare(x, y, model));
  }

  /** True when two patients have enough in common for their persons to be looked at whole. */
  isSerious(a: Member, b: Member): boolean {
    return once(this.#serious, a.normalised, b.normalised, (x, y) => {
      if (x.nhsNumber !== undefined && x.nhsNumber === y.nhsNumber) return true;
      return weightBetween(x, y, model) >= model.thresholds.review;
    });
  }
}

/** What was found for a pair, either way round, or is found now. */
function once<Answer>(
  known: Pairs<Answer>,
  a: Normalised,
  b: Normalised,
  find: (a: Normalised, b: Normalised) => Answer,
): Answer {
  const there = known.get(b)?.get(a);
  if (there !== undefined) return there;
  let ofA = known.get(a);
  if (ofA === undefined) known.set(a, (ofA = new Map()));
  let answer = ofA.get(b);
  if (answer === undefined) ofA.set(b, (answer = find(a, b)));
  return answer;
}

/** True when the evidence would join two patients were they alone in the world. */
export const isStrong = (evidence: Evidence): boolean =>
  evidence.vetoes.length === 0 &&
  !isNamesake(evidence) &&
  (evidence.weight >= model.thresholds.link ||
    (evidence.agreement.nhsNumber === 'same' && evidence.agreement.birthDate === 'same'));

export type Rival = { personId: string; patients: { patientId: string; evidence: Evidence }[] };

/** The judgement over all persons a patient may be. */
export function judgeAmong(rivals: readonly Rival[]): Judgement {
  const possible = possibleAmong(rivals);
  const judgement = judge(
    possible.flatMap(({ personId, patients }) =>
      patients.map(({ evidence }) => ({ of: personId, evidence })),
    ),
    model,
  );
  const chosen = possible.find(({ personId }) => personId === judgement.of);
  if (judgement.verdict !== 'link' || judgement.method !== 'probabilistic' || chosen === undefined)
    return judgement;
  const doubt = birthDoubt(chosen) ?? nameDoubt(chosen, possible);
  return doubt === undefined
    ? judgement
    : { ...judgement, verdict: 'review', queue: 'ordinary', reasons: [doubt] };
}

/**
 * By weight alone nobody is joined without a birth date that agrees, or agrees in part beside the same given name: a father and his
 * son may share a name, and a whole household home and telephone.
 */
function birthDoubt(chosen: Rival): string | undefined {
  const evidence = best(chosen);
  if (isNamesake(evidence)) return 'much agrees, but the birth dates differ';
  if (evidence.agreement.birthDate === 'unknown') return 'much agrees, but no birth date tells';
  const tells = chosen.patients.some(({ evidence: { agreement } }) =>
    agreement.birthDate === 'partly' ? agreement.given === 'same' : agreement.birthDate === 'same',
  );
  return tells ? undefined : 'much agrees, but birth date and given name only in part';
}

/** Of twins with names much alike the one is not taken for the other because it lives where the record says. */
function nameDoubt(chosen: Rival, possible: readonly Rival[]): string | undefined {
  if (chosen.patients.some(isExactly)) return undefined;
  const isOfAnother = possible.some((rival) => rival !== chosen && rival.patients.some(isExactly));
  return isOfAnother ? 'somebody else of that birth date has this very name' : undefined;
}

const isExactly = ({ evidence: { agreement } }: Rival['patients'][number]): boolean =>
  agreement.birthDate === 'same' && agreement.given === 'same' && agreement.nameKey === true;

/**
 * The persons that a patient may be. Left out are those who are somebody else beyond doubt. Of several that hold the same NHS
 * number those are left out whose birth date agrees less than another's: there the number was wrong, not here. Namesakes are left
 * out where somebody of the same birth date fits, and where a reviewer would have no more to go by than the name.
 */
export function possibleAmong(rivals: readonly Rival[]): Rival[] {
  const possible = rivals.filter((rival) => !isSomebodyElse(rival));
  const surest = Math.max(...possible.map(holding));
  const fits = possible.some(({ patients }) =>
    patients.some(({ evidence }) => evidence.agreement.birthDate === 'same' && isStrong(evidence)),
  );
  return possible.filter((rival) => {
    const held = holding(rival);
    if (held !== -1) return held === surest;
    return !isNamesake(best(rival)) || (!fits && best(rival).weight >= model.thresholds.link);
  });
}

/** Somebody who may only have the name in common. */
const isNamesake = ({ agreement }: Evidence): boolean =>
  agreement.nhsNumber !== 'same' && agreement.birthDate === 'different';

const best = ({ patients }: Rival): Evidence =>
  patients.reduce((most, each) => (each.evidence.weight > most.evidence.weight ? each : most)).evidence;

const sureness = ['different', 'unknown', 'partly', 'same'] as const;

/** How well the birth date agrees where the NHS number is the same; -1 where it is not. */
const holding = ({ patients }: Rival): number =>
  Math.max(
    -1,
    ...patients
      .filter(({ evidence }) => evidence.agreement.nhsNumber === 'same')
      .map(({ evidence }) => sureness.indexOf(evidence.agreement.birthDate)),
  );

/**
 * Somebody of the same household or family: other given name and other birth date; or another NHS number, on whichever of the
 * person's patients it stands, and either no patient with the same birth date or a twin. What is left with two NHS numbers and one
 * birth date may be a changed identity.
 */
function isSomebodyElse(rival: Rival): boolean {
  const agreements = rival.patients.map(({ evidence }) => evidence.agreement);
  if (agreements.some(({ nhsNumber }) => nhsNumber === 'same')) return false;
  const { vetoes } = best(rival);
  if (vetoes.includes('birth-date-and-given-name-differ')) return true;
  if (!agreements.some(({ nhsNumber }) => nhsNumber === 'different')) return false;
  const isTwin = vetoes.includes('twins') && !vetoes.includes('sex-and-given-name-differ');
  return isTwin || !agreements.some(({ birthDate }) => birthDate === 'same');
}

/** The patients of the chosen person to tie to, the best first. Those it was tied to before stay if they still agree. */
export function tiesTo(
  rival: Rival,
  before: ReadonlySet<string>,
): { patientId: string; evidence: Evidence; method: LinkMethod }[] {
  const ranked = rival.patients.toSorted(
    (a, b) => b.evidence.weight - a.evidence.weight || (a.patientId < b.patientId ? -1 : 1),
  );
  const shared = ranked.filter(({ evidence }) => evidence.agreement.nhsNumber === 'same');
  const first = shared[0] ?? ranked[0];
  if (first === undefined) return [];
  const others = ranked.filter((each) => each !== first && isStrong(each.evidence));
  const kept = others.filter(({ patientId }, index) => index < tiesForALink - 1 || before.has(patientId));
  return [first, ...kept].map((each) => ({ ...each, method: methodOf(each.evidence) }));
}

function methodOf({ agreement }: Evidence): LinkMethod {
  if (agreement.nhsNumber !== 'same') return 'probabilistic';
  return agreement.birthDate === 'same' ? 'nhs-number-and-birth-date' : 'nhs-number-cross-check';
}
