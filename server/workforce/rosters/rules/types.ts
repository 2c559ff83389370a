import type { DutyClass, Rule as PackRule } from '../packs/index.ts';
import type { Shape } from './duties.ts';
import type { DayNumber } from './time.ts';

/** The days a roster is for. */
export type Period = { firstDay: DayNumber; days: number };

/**
 * What a rule needs to know of a person. `worked` holds duties before the first day; later ones are not read.
 */
export type Worker = {
  born?: string;
  optOut?: { from: string; to?: string };
  nightWorker?: boolean;
  specialHazards?: boolean;
  worked: readonly { day: DayNumber; shape: Shape }[];
  /** The most this person can work in the roster by contract, where that is certain. */
  mostMinutes?: number;
};

/** A rule of a pack together with the classes of duties it speaks of. */
export type RuleInPack = { rule: PackRule; classes: Readonly<Record<string, DutyClass>> };

/** Everything rules are compiled over. `shapes[0]` is a day off and is not read; `shapes[c]` is choice `c`. */
export type Setting = { period: Period; shapes: readonly Shape[] };
