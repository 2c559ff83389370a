import type { Rule } from '../types.ts';

/**
 * A rule as a machine that reads one choice a day. States are whole numbers from 0 to `size - 1`; `step` gives the next
 * state, or -1 where the rule forbids the choice, and leaves what it cost in `paid`. `end` is paid after the last day.
 */
export type Machine = Stepper & { rule: Rule };

export type Stepper = {
  size: number;
  start: number;
  paid: number;
  step(state: number, day: number, choice: number): number;
  end(state: number): number;
  /** Choices with the same kind are the same to this rule on every day. */
  kindOf(choice: number): string;
};
