import type { Model } from './model.ts';
import type { Attempt } from './neighbourhood.ts';

/**
 * One way to go on, with the effort it has taken and usually takes at once, and what it gained for how much of late. It has at least
 * `least` of the effort of all, as long as it may be gone at all.
 */
export type Way = {
  least: number;
  spent: number;
  usual: number;
  gained: number;
  lately: number;
  act: () => void;
};

/** A way of which it is hoped, until it is tried, that it gains so much for so much effort. */
export const wayOf = (least: number, hope: { gained: number; spent: number }, act: () => void): Way => ({
  least,
  spent: 0,
  usual: hope.spent,
  gained: hope.gained,
  lately: hope.spent,
  act,
});

/** What a way gained and took counts less and less: a third of it after it took so much more. */
const memory = 2000;

/** How much the effort of its last turn says about what a way usually takes. */
const newest = 0.2;

/**
 * The way that lacks most of its least share of the effort, once that is enough for a turn; where none does, the one that gained most for
 * its effort.
 */
export function nextWay(ways: Way[]): Way {
  const all = ways.reduce((sum, { spent }) => sum + spent, 1);
  const due = ({ least, spent, usual }: Way): number => spent + usual - least * (all + usual);
  const rate = ({ gained, lately }: Way): number => (gained + 1e-6) / (lately + 1e-6);
  return ways.reduce((best, way) => {
    const isDue = due(way) < 0 || due(best) < 0;
    return (isDue ? due(way) < due(best) : rate(way) > rate(best)) ? way : best;
  });
}

/** Takes in what going a way gained, and the effort it took. */
export function learnWay(way: Way, gained: number, spent: number): void {
  way.spent += spent + 1;
  way.usual += (spent - way.usual) * newest;
  const kept = Math.exp(-(spent + 1) / memory);
  way.gained = way.gained * kept + gained;
  way.lately = way.lately * kept + spent + 1;
}

/** How many people are freed together: as many as can be solved within the effort for it. */
export class Sizes {
  people: number;
  readonly #most: number;

  /** Begins with so many. */
  constructor({ people }: Model, first: number) {
    this.#most = people.length;
    this.people = Math.min(people.length, first);
  }

  /** Larger after one that was proven soon, smaller after one that gave up late; `share` is how much of its effort it took. */
  learn(outcome: Attempt['outcome'], share: number): void {
    const change = outcome === 'proven' && share < 0.25 ? 1 : outcome === 'gave up' && share > 0.8 ? -1 : 0;
    this.people = Math.max(3, Math.min(this.#most, this.people + change));
  }
}
