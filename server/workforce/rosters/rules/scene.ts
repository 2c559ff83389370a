import type { RuleInPack, Setting, Worker } from './types.ts';
import { isOfClass, trueSpan, type Shape } from './duties.ts';
import { dateOf, type DayNumber } from './time.ts';

/**
 * One person's days as the rules see them: the choices of the roster, and the duties worked before it. Day 0
 * is its first.
 */
export class Scene {
  readonly days: number;
  readonly firstDay: DayNumber;
  readonly choices: readonly number[];
  readonly worker: Worker;
  readonly #shapes: readonly Shape[];
  readonly #history = new Map<number, Shape>();
  /** The first day of which something is known; 0 without history. */
  readonly knownFrom: number;

  readonly setting: Setting;

  constructor(setting: Setting, worker: Worker) {
    const { period, shapes } = setting;
    this.setting = setting;
    this.days = period.days;
    this.firstDay = period.firstDay;
    this.#shapes = shapes;
    this.worker = worker;
    this.choices = shapes.map((_, choice) => choice).slice(1);
    let first = 0;
    for (const { day, shape } of worker.worked) {
      const relative = day - period.firstDay;
      if (relative >= 0) continue;
      this.#history.set(relative, shape);
      first = Math.min(first, relative);
    }
    this.knownFrom = first;
  }

  shape(choice: number): Shape {
    return this.#shapes[choice]!;
  }

  /** What was worked on a day before the roster. */
  past(day: number): Shape | undefined {
    return this.#history.get(day);
  }

  get worked(): Iterable<[number, Shape]> {
    return this.#history;
  }

  span(day: number, shape: Shape): { start: number; end: number } {
    return trueSpan(this.firstDay + day, shape);
  }

  choicesOf(id: string, classes: RuleInPack['classes']): number[] {
    if (id === 'off') return [0];
    return this.choices.filter((choice) => isOfClass(this.shape(choice), id, classes));
  }

  wasOf(day: number, id: string, classes: RuleInPack['classes']): boolean {
    const shape = this.past(day);
    if (id === 'off') return shape === undefined && day >= this.knownFrom;
    return shape !== undefined && isOfClass(shape, id, classes);
  }

  /** Whether a rule holds for this person on a day: it is in force, and meant for somebody like this. */
  isActive({ rule }: RuleInPack, day: number): boolean {
    const date = dateOf(this.firstDay + day);
    if (date < rule.from || (rule.to !== undefined && date >= rule.to)) return false;
    const { born, nightWorker, specialHazards } = this.worker;
    if (rule.who === 'under-18') return born !== undefined && date < eighteenth(born);
    if (rule.who === 'night-workers') return nightWorker === true;
    if (rule.who === 'special-hazards') return specialHazards === true;
    return true;
  }

  dateOf(day: number): string {
    return dateOf(this.firstDay + day);
  }

  activeDays(rule: RuleInPack): boolean[] {
    return Array.from({ length: this.days }, (_, day) => this.isActive(rule, day));
  }
}

/** The eighteenth birthday; of somebody born on 29 February it is 1 March. */
export function eighteenth(born: string): string {
  const year = Number(born.slice(0, 4)) + 18;
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return born.endsWith('-02-29') && !isLeap ? `${year}-03-01` : `${year}${born.slice(4)}`;
}
