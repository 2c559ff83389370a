import type { BlockingRule, Comparison, Condition } from '../model/types.ts';
import type { Field } from '../types.ts';

/** Fields that come from the same fact: a rule on one decides a comparison of another. */
const facts: { readonly [field in Field]?: string } = {
  given: 'given',
  givenRoot: 'given',
  middle: 'given',
  family: 'family',
  familySound: 'family',
  birthDate: 'birth',
  birthYear: 'birth',
  birthMonth: 'birth',
  birthDay: 'birth',
  postcode: 'home',
  postcodes: 'home',
  outcode: 'home',
  place: 'home',
  house: 'street',
  street: 'street',
  email: 'email',
  emailUser: 'email',
};

const factsOf = (field: Field): string[] =>
  field === 'names' ? ['given', 'family'] : [facts[field] ?? field];

/** For each comparison, whether a blocking rule decides it, so that nothing can be learned about it from the rule's pairs. */
export function touchedBy(rule: BlockingRule, comparisons: readonly Comparison[]): boolean[] {
  const decided = new Set(
    rule.parts.flatMap((part) => ('sorted' in part ? part.sorted : [part.field])).flatMap(factsOf),
  );
  return comparisons.map(({ levels }) =>
    levels.some(
      ({ when, isNull }) =>
        when !== undefined &&
        !isNull &&
        fieldsOf(when).some((field) => factsOf(field).some((fact) => decided.has(fact))),
    ),
  );
}

/** The fields a condition reads. */
export function fieldsOf(condition: Condition): Field[] {
  switch (condition.op) {
    case 'same':
      return condition.with === undefined ? [condition.field] : [condition.field, condition.with];
    case 'swapped':
      return [...condition.fields];
    case 'among':
      return [condition.field];
    case 'all':
    case 'any':
      return condition.of.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(condition.of);
    default:
      return [condition.field];
  }
}
