import type { Highs } from 'highs';
import type { Model } from './model.ts';
import type { Pricer } from './price.ts';

/** What a search in one thread works with. */
export type Context = {
  model: Model;
  highs: Highs;
  pricer: Pricer;
  random: () => number;
  isOver(): boolean;
  /** Until this search must end; the solver of whole-number programmes needs it beside `isOver`. */
  secondsLeft(): number;
  /** Work done so far, in units that do not depend on how busy the machine is: about milliseconds. */
  effort: { spent: number };
  tellRelaxation(value: number, bound: number, rounds: number): void;
};

/** Pseudo-random numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
