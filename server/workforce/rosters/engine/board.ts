import type { Roster } from '../types.ts';
import type { Board } from './course.ts';
import type { Standing } from './standing.ts';

/** Memory that all threads of one search share: the best roster, its cost, the bound with its prices, and whether to stop. */
export type Shared = {
  control: Int32Array;
  numbers: Float64Array;
  roster: Uint8Array;
  /** Prices of cover at which the bound was proven; all NaN before. */
  prices: Float64Array;
  days: number;
};

export function share(people: number, days: number, rows: number): Shared {
  const numbers = new Float64Array(new SharedArrayBuffer(16));
  numbers.set([Infinity, -Infinity]);
  return {
    control: new Int32Array(new SharedArrayBuffer(8)),
    numbers,
    roster: new Uint8Array(new SharedArrayBuffer(Math.max(1, people * days))),
    prices: new Float64Array(new SharedArrayBuffer(8 * Math.max(1, rows))).fill(NaN),
    days,
  };
}

export const stop = ({ control }: Shared): void => void Atomics.store(control, 1, 1);
/** Opens the lock that a thread held when it was ended. */
export const release = ({ control }: Shared): void => void Atomics.store(control, 0, 0);
export const isStopped = ({ control }: Shared): boolean => Atomics.load(control, 1) === 1;

function locked<T>({ control }: Shared, act: () => T): T {
  while (Atomics.compareExchange(control, 0, 0, 1) !== 0) Atomics.wait(control, 0, 1, 5);
  try {
    return act();
  } finally {
    Atomics.store(control, 0, 0);
    Atomics.notify(control, 0);
  }
}

/** The best roster so far; nothing where there is none yet. */
export function bestOf(shared: Shared): { roster: Roster; cost: number; bound: number } | undefined {
  return locked(shared, () => {
    const [cost = Infinity, bound = -Infinity] = shared.numbers;
    if (cost === Infinity) return undefined;
    const { roster, days } = shared;
    const people = roster.length / days;
    return {
      cost,
      bound,
      roster: Array.from({ length: people }, (_, person) => roster.slice(person * days, (person + 1) * days)),
    };
  });
}

/** A board on shared memory; `tell` is called after each change. */
export function boardOn(shared: Shared, tell: () => void): Board {
  return {
    better(standing: Standing) {
      const cost = standing.total();
      locked(shared, () => {
        if (cost >= (shared.numbers[0] ?? Infinity)) return;
        shared.numbers[0] = cost;
        standing.days.forEach((days, person) => shared.roster.set(days, person * shared.days));
      });
      tell();
    },
    bound(bound) {
      locked(shared, () => {
        if (bound > (shared.numbers[1] ?? -Infinity)) shared.numbers[1] = bound;
      });
      tell();
    },
    price(prices) {
      locked(shared, () => shared.prices.set(prices));
    },
    prices: () => locked(shared, () => (Number.isNaN(shared.prices[0]) ? undefined : shared.prices.slice())),
    lowest: () => locked(shared, () => shared.numbers[1] ?? -Infinity),
    ask(cost) {
      if ((shared.numbers[0] ?? Infinity) >= cost - 1e-6) return undefined;
      return bestOf(shared)?.roster;
    },
  };
}
