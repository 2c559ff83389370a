import { smallWard } from '../../small.fixture.ts';
import type { Problem } from '../../types.ts';

export const days = 14;
export const choices = 3;

/** Two weeks with at most one weekend, 5 to 7 shifts of 8 or 10 hours and at most two nights. */
export function fortnight(people = 1): Problem {
  const problem = smallWard(people, Math.ceil(people / 5), days);
  const hard = { minWeight: Infinity, maxWeight: Infinity };
  const sum = { ...hard, kind: 'count' as const, from: 0, to: days - 1, start: 0 };
  for (const { rules } of problem.people) {
    Object.assign(rules[0] as object, { min: 5, max: 7 });
    rules.push({ ...sum, id: 'minutes', words: 'minutes', amounts: [0, 480, 600], min: 2640, max: 3360 });
    rules.push({ ...sum, id: 'nights', words: 'at most 2 nights', amounts: [0, 0, 1], min: 0, max: 2 });
    rules.push({
      ...hard,
      kind: 'blocks',
      id: 'weekends',
      words: 'at most one weekend',
      blocks: [
        [5, 6],
        [12, 13],
      ],
      choices: [1, 2],
      start: 0,
      min: 0,
      max: 1,
    });
  }
  return problem;
}
