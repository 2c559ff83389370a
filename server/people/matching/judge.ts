import type { Model } from './model/types.ts';
import type { Agreement, Candidate, Evidence, Judgement } from './types.ts';

/** All candidates of one person, told by the best of them. */
type Person = { of: string; best: Evidence; all: Evidence[] };

/**
 * Who is meant? First the rules that need no weights, in the order of the NHS cross-check; then the weights, with two
 * thresholds and a lead over the next best. Weak evidence never links; a conflict of two valid NHS numbers never links.
 * Sources: NHS England, The Person_ID Handbook (cross-check trace, rival margin).
 */
export function judge(candidates: readonly Candidate[], model: Model): Judgement {
  const persons = byPerson(candidates);
  const best = persons[0];
  if (best === undefined)
    return { verdict: 'new', method: 'none', margin: Infinity, reasons: ['nobody is like this'] };
  return byNumber(persons) ?? byWeight(persons, best, model);
}

function byPerson(candidates: readonly Candidate[]): Person[] {
  const groups = Map.groupBy(candidates, ({ of }) => of);
  const persons = [...groups].map(([of, group]) => {
    const all = group.map(({ evidence }) => evidence);
    return { of, all, best: all.reduce((most, each) => (each.weight > most.weight ? each : most)) };
  });
  return persons.sort((a, b) => b.best.weight - a.best.weight || (a.of < b.of ? -1 : 1));
}

function byNumber(persons: Person[]): Judgement | undefined {
  const holders = persons.filter(({ all }) => all.some(({ agreement }) => agreement.nhsNumber === 'same'));
  const holder = holders[0];
  if (holder === undefined) return undefined;
  const shared = holder.all.filter(({ agreement }) => agreement.nhsNumber === 'same');
  const told = { of: holder.of, weight: holder.best.weight, margin: marginOf(persons, holder) };
  if (holders.length > 1)
    return review(told, 'nhs-number-and-birth-date', 'quarantine', ['two persons hold this NHS number']);
  if (shared.some(({ agreement }) => agreement.birthDate === 'same'))
    return numberWithBirthDate(told, shared, persons);
  if (shared.some(({ agreement }) => crossChecks(agreement))) {
    const reasons = ['NHS number agrees', 'date of birth agrees in part', 'name or postcode area agrees'];
    return { verdict: 'link', method: 'nhs-number-cross-check', ...told, reasons };
  }
  const reasons = ['NHS number agrees', 'date of birth does not', 'the number may be wrong'];
  return review(told, 'nhs-number-cross-check', 'quarantine', reasons);
}

type Told = { of: string; weight: number; margin: number };

/**
 * Number and date agree: a link, unless given name and family name and home all say somebody else, or the name is that of another
 * person born on the same day (a twin under the other's number).
 */
function numberWithBirthDate(told: Told, shared: Evidence[], persons: readonly Person[]): Judgement {
  const method = 'nhs-number-and-birth-date';
  const otherGiven = shared.every(({ agreement }) => agreement.given === 'different');
  const otherNameAndHome = shared.every(
    ({ agreement }) => agreement.nameKey === false && agreement.outcode === false,
  );
  if (otherGiven && otherNameAndHome)
    return review(told, method, 'quarantine', ['NHS number and date of birth agree', 'name and home do not']);
  const isNameOfAnother = persons.some(({ of, all }) => of !== told.of && all.some(isNamedTheSame));
  if (otherGiven && isNameOfAnother) {
    const reasons = [
      'NHS number and date of birth agree',
      'the name is that of somebody else of that birth date',
    ];
    return review(told, method, 'quarantine', reasons);
  }
  return { verdict: 'link', method, ...told, reasons: ['NHS number and date of birth agree'] };
}

const isNamedTheSame = ({ agreement }: Evidence): boolean =>
  agreement.birthDate === 'same' && agreement.given === 'same' && agreement.nameKey === true;

const crossChecks = ({ birthDate, nameKey, outcode }: Agreement): boolean =>
  birthDate === 'partly' && (nameKey === true || outcode === true);

function byWeight(persons: Person[], best: Person, model: Model): Judgement {
  const { link, review: low, margin: lead } = model.thresholds;
  const told = { of: best.of, weight: best.best.weight, margin: marginOf(persons, best) };
  if (told.weight < low)
    return {
      verdict: 'new',
      method: 'probabilistic',
      ...told,
      reasons: ['too little agrees with anybody known'],
    };
  const vetoes = [...new Set(best.all.flatMap((evidence) => evidence.vetoes))];
  if (vetoes.includes('two-nhs-numbers')) {
    const reasons = ['two different NHS numbers', 'much else agrees'];
    return told.weight >= link
      ? review(told, 'probabilistic', 'sealed', reasons)
      : { verdict: 'new', method: 'probabilistic', ...told, reasons: ['two different NHS numbers'] };
  }
  if (vetoes.length > 0 && !best.all.some(isSame))
    return review(told, 'probabilistic', 'ordinary', vetoes.map(vetoText));
  if (told.weight < link)
    return review(told, 'probabilistic', 'ordinary', ['more agrees than by chance, less than is sure']);
  if (told.margin < lead)
    return review(told, 'probabilistic', 'ordinary', ['two persons fit almost equally well']);
  return {
    verdict: 'link',
    method: 'probabilistic',
    ...told,
    reasons: ['enough agrees, and nobody else is near'],
  };
}

/** One record of a person that agrees outweighs another of it under which the person goes by another name. */
const isSame = ({ agreement, vetoes }: Evidence): boolean =>
  vetoes.length === 0 &&
  agreement.birthDate === 'same' &&
  (agreement.given === 'same' || agreement.given === 'like');

const vetoText = (veto: string): string => veto.replaceAll('-', ' ');

const marginOf = (persons: Person[], chosen: Person): number =>
  chosen.best.weight -
  Math.max(-Infinity, ...persons.filter((each) => each !== chosen).map(({ best }) => best.weight));

const review = (
  told: Told,
  method: Judgement['method'],
  queue: NonNullable<Judgement['queue']>,
  reasons: string[],
): Judgement => ({ verdict: 'review', method, queue, ...told, reasons });
