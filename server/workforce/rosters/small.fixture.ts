import type { Person, Problem, Rule } from './types.ts';

const hard = { minWeight: Infinity, maxWeight: Infinity };

/** Works 3 to 4 of the days, at most 3 in a row. */
const rules = (days: number): Rule[] => [
  {
    ...hard,
    kind: 'count',
    id: 'shifts',
    words: 'works 3 to 4 shifts',
    amounts: [0, 1, 1],
    from: 0,
    to: days - 1,
    start: 0,
    min: 3,
    max: 4,
  },
  {
    ...hard,
    kind: 'run',
    id: 'in-a-row',
    words: 'works at most 3 days in a row',
    choices: [1, 2],
    min: 1,
    max: 3,
    before: 0,
    openEnd: true,
  },
  {
    kind: 'pattern',
    id: 'after-night',
    words: 'has no early after a night',
    steps: [[2], [1]],
    weight: Infinity,
  },
];

/** A small ward: earlies and nights for a week, as many people as asked, `wanted` of each a day (a hard minimum). */
export function smallWard(size: number, wanted: number, days = 7): Problem {
  const people: Person[] = Array.from({ length: size }, (_, index) => ({
    id: `N${index + 1}`,
    wishes: [{ day: index % days, choices: [1, 2], weight: 5, id: 'request-off', words: 'asks to be free' }],
    rules: rules(days),
  }));
  return {
    name: 'small ward',
    format: 'openics',
    days,
    firstWeekday: 0,
    duties: [
      { id: '', minutes: 0 },
      { id: 'E', minutes: 480 },
      { id: 'N', minutes: 600 },
    ],
    people,
    cover: Array.from({ length: days }, (_, day) =>
      [1, 2].map((choice) => ({
        id: `${day}/${choice}`,
        words: `${choice === 1 ? 'E' : 'N'} on day ${day}`,
        parts: [{ day, choices: [choice] }],
        wanted,
        under: [{ count: Infinity, weight: Infinity }],
        over: [{ count: Infinity, weight: 1 }],
      })),
    ).flat(),
  };
}

const softened = (rule: Rule): Rule =>
  rule.kind === 'count' ? { ...rule, minWeight: 4, maxWeight: 9 } : rule;

/** The same where the number of shifts is a wish, which a roster may break at a price. */
export const withWishes = (problem: Problem): Problem => ({
  ...problem,
  people: problem.people.map((person) => ({ ...person, rules: person.rules.map(softened) })),
});
