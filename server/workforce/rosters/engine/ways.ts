import type { Model } from './model.ts';
import type { Attempt } from './neighbourhood.ts';

/** One way to go on, with the effort it has taken; what weighs more may take more, and it never weighs less than `least`. */
export type Way = { weight: number; least: number; spent: number; act: () => void };

/** The way that had the least effort for its weight. */
export const leastUsed = (ways: Way[]): Way =>
  ways.reduce((least, way) => (way.spent / way.weight < least.spent / least.weight ? way : least));

const manyPeople = 14;

/** Sizes of neighbourhoods, such as can be solved within their effort. */
export class Sizes {
  people: number;
  window = 7;
  readonly #most: { people: number; window: number };

  constructor({ people, problem }: Model) {
    this.#most = { people: people.length, window: problem.days };
    this.people = Math.min(people.length, 6);
  }

  /** Begins with more people, where looking at them is quick. */
  widen(): void {
    this.people = Math.max(this.people, Math.min(this.#most.people, manyPeople));
  }

  /** Larger after one that was proven soon, smaller after one that gave up late; `share` is how much of its effort it took. */
  learn(isWindow: boolean, outcome: Attempt['outcome'], share: number): void {
    const kind = isWindow ? 'window' : 'people';
    const change = outcome === 'proven' && share < 0.25 ? 1 : outcome === 'gave up' && share > 0.8 ? -1 : 0;
    this[kind] = Math.max(3, Math.min(this.#most[kind], this[kind] + change));
  }
}
