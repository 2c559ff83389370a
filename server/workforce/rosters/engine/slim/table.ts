import { blocksOf, tableOf, type Blocks, type Common, type Table } from '../counts.ts';
import type { Model, PersonModel } from '../model.ts';
import { leastOf, type Least } from './least.ts';

/** The class, target and cost of some moves. */
type Moves = { kinds: Uint8Array; targets: Int32Array; costs: Float64Array };

/** The steps of a table as arcs, by classes of choices that are the same to the table and to the blocks. */
export type SlimTable = {
  states: number;
  start: number;
  arcStart: Int32Array;
  arcClass: Uint8Array;
  arcTarget: Int32Array;
  arcCost: Float64Array;
  /** Arcs of one class, target and cost are one move, whatever state they leave. */
  moves: Moves;
  /** How the least of the moves that leave each state is found. */
  least: Least;
  ends: Float64Array;
  classOf: Uint8Array;
  classes: number;
  /** Whether the choices of a class count in the blocks. */
  inside: Uint8Array;
};

/** The sequences of a person as a table, and the blocks of days (weekends) that are limited, if any. */
export type Sequences = { table: SlimTable; blocks: Blocks | undefined };

/** Tables that people with equal rules share. */
export class SlimTables {
  readonly #common: Common;
  readonly #known = new Map<Table, Map<string, SlimTable>>();
  readonly #days: number;

  constructor({ choices, problem }: Model) {
    this.#common = { choices, hard: 1, tables: new Map() };
    this.#days = problem.days;
  }

  /** Nothing where rules are of another kind than steady sequences, hard sums and one hard limit on blocks. */
  of({ machines }: PersonModel): Sequences | undefined {
    const { choices } = this.#common;
    const rules = machines.map(({ rule }) => rule);
    const limits = rules.filter((rule) => rule.kind === 'blocks');
    const areHard = rules.every(
      (rule) =>
        (rule.kind !== 'count' && rule.kind !== 'blocks') ||
        (isHardOr(rule.minWeight, rule.min <= rule.start) && isHardOr(rule.maxWeight, rule.max === Infinity)),
    );
    const [limit] = limits;
    const isHeld =
      limit === undefined || (limit.min <= limit.start && limit.blocks.every((block) => areNext(block)));
    if (!areHard || limits.length > 1 || !isHeld) return undefined;
    const sequences = machines.filter(({ rule }) => rule.kind !== 'count' && rule.kind !== 'blocks');
    const { table, rest } = tableOf(sequences, this.#common);
    if (table === undefined || rest.some((stepper) => 'rule' in stepper)) return undefined;
    const blocks = limit === undefined ? undefined : blocksOf(limit, this.#days, choices);
    const tables = this.#known.get(table) ?? new Map<string, SlimTable>();
    this.#known.set(table, tables);
    const key = blocks === undefined ? '' : blocks.inside.join('');
    const slim = tables.get(key) ?? arcsOf(table, choices, blocks);
    tables.set(key, slim);
    return { table: slim, blocks };
  }
}

const areNext = (block: number[]): boolean =>
  block.every((day, index) => index === 0 || day === (block[index - 1] as number) + 1);

const isHardOr = (weight: number, isNone: boolean): boolean => weight === Infinity || weight === 0 || isNone;

type Arc = { kind: number; target: number; cost: number };

const movesOf = (arcs: Arc[]): Moves => ({
  kinds: Uint8Array.from(arcs, ({ kind }) => kind),
  targets: Int32Array.from(arcs, ({ target }) => target),
  costs: Float64Array.from(arcs, ({ cost }) => cost),
});

function arcsOf({ start, next, cost, ends }: Table, choices: number, blocks: Blocks | undefined): SlimTable {
  const states = ends.length;
  const known = new Map<string, number>();
  const samples: number[] = [];
  const classOf = Uint8Array.from({ length: choices }, (_, choice) => {
    const moves = Array.from({ length: states }, (__, state) => {
      const at = state * choices + choice;
      return `${next[at]}:${cost[at]}`;
    });
    const key = `${blocks?.inside[choice] ?? 0}|${moves.join()}`;
    const found = known.get(key) ?? samples.push(choice) - 1;
    known.set(key, found);
    return found;
  });
  const arcStart = [0];
  const arcs: Arc[] = [];
  const moves = new Map<string, { place: number; arc: Arc }>();
  const leaving: number[][] = [];
  for (let state = 0; state < states; state++) {
    const mine: number[] = [];
    samples.forEach((choice, kind) => {
      const at = state * choices + choice;
      const target = next[at] as number;
      if (target < 0) return;
      const arc = { kind, target, cost: cost[at] as number };
      const key = `${kind} ${target} ${arc.cost}`;
      const move = moves.get(key) ?? { place: moves.size, arc };
      moves.set(key, move);
      arcs.push(arc);
      mine.push(move.place);
    });
    arcStart.push(arcs.length);
    leaving.push(mine);
  }
  const { kinds: arcClass, targets: arcTarget, costs: arcCost } = movesOf(arcs);
  return {
    states,
    start,
    arcStart: Int32Array.from(arcStart),
    arcClass,
    arcTarget,
    arcCost,
    moves: movesOf(Array.from(moves.values(), ({ arc }) => arc)),
    least: leastOf(leaving, moves.size),
    ends,
    classOf,
    classes: samples.length,
    inside: Uint8Array.from(samples, (choice) => blocks?.inside[choice] ?? 0),
  };
}
