import type { Model } from './model.ts';
import type { Standing } from './standing.ts';
import { learnTry, nextTry, type Tried } from './tries.ts';

/** Some people, by their place in a model, and days `from` up to (not with) `to`. */
export type Part = { places: number[]; from: number; to: number };

/** How solving a part ended. */
export type Outcome = 'better' | 'proven' | 'gave up';

/** People and days of a part together, at first. */
const usualSize = 700;
const leastPeople = 3;

/** Parts of a length grow after each of these, and shrink where one was given up. */
const growth: Record<Outcome, number> = { proven: 1.15, better: 1.05, 'gave up': 0.97 };

/** A part that takes more effort than is usual makes those of its length smaller; one that takes so many times as much is given up. */
const mostEfforts = 2;
const shrinking = 0.7;

/** A part may be so many days long, or as many as there are. */
const someDays = [7, 10, 14, 21, 28, 42, 56, 84, 182, 364] as const;

/** How often the length is left to chance; otherwise it is the one that gained most for its effort. */
const chanceShare = 0.4;

/** How much of what a length has gained before still counts after its next part. */
const memory = 0.7;

/** How often a part is where cover costs something. */
const costlyShare = 0.7;

/** A length of parts, how many people they have, and what they gained and took. */
type Length = Tried & { days: number; people: number };

/** Chooses which part of a roster is solved next: how long it is follows what lengths gained for their effort, how many people it has how they ended. */
export class Parts {
  /** How much effort a part usually takes that is solved with graphs of its own. */
  static readonly usualEffort = 800;
  /** So much effort a part may take. */
  readonly mostEffort: number;
  readonly #model: Model;
  readonly #lengths: Length[];
  readonly #effort: number;

  /** A part of no more than `longest` days usually takes `effort`. */
  constructor(model: Model, effort: number, longest = model.problem.days) {
    this.#model = model;
    this.#effort = effort;
    this.mostEffort = effort * mostEfforts;
    const lengths = new Set(someDays.map((days) => Math.min(longest, days)));
    this.#lengths = Array.from(lengths, (length) => ({
      days: length,
      people: this.#allowed(usualSize / length),
      gained: 0,
      spent: 0,
    }));
  }

  /** Some days, and people who could help where cover costs something on them, others by chance. */
  choose(roster: Standing, random: () => number): Part {
    const model = this.#model;
    const { days } = model.problem;
    const { days: length, people } = nextTry(this.#lengths, { chance: chanceShare, hope: 0 }, random);
    const costly = model.cover.costs.flatMap((costs, row) =>
      (costs[roster.counts[row] ?? 0] ?? 0) > 0 ? [row] : [],
    );
    const row = random() < costlyShare ? costly[Math.floor(random() * costly.length)] : undefined;
    const parts = row === undefined ? [] : (model.cover.rows[row]?.parts ?? []);
    const middle = parts[0]?.day ?? Math.floor(random() * days);
    const from = Math.max(0, Math.min(days - length, middle - Math.floor(random() * length)));
    const rated = model.people.map((person, place) => {
      const canHelp = parts.some(({ day, choices }) =>
        choices.some((choice) => person.cells[day * model.choices + choice] !== Infinity),
      );
      const own = Math.min(3, (roster.costs[place] ?? 0) / 10);
      return { place, value: own + random() * 4 + (canHelp ? 1.5 : 0) };
    });
    rated.sort((a, b) => b.value - a.value);
    return { places: rated.slice(0, Math.ceil(people)).map(({ place }) => place), from, to: from + length };
  }

  #allowed(people: number): number {
    return Math.min(this.#model.people.length, Math.max(leastPeople, people));
  }

  /** Takes in how a part ended, what it gained, and the effort it took. */
  learn(
    { from, to }: Part,
    { outcome, gained, spent }: { outcome: Outcome; gained: number; spent: number },
  ): void {
    const length = this.#lengths.find(({ days }) => days === to - from);
    if (length === undefined) return;
    learnTry(length, memory, gained, spent);
    length.people = this.#allowed(length.people * (spent > this.#effort ? shrinking : growth[outcome]));
  }
}
