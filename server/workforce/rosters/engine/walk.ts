import type { Graph } from './graph.ts';
import type { Machine } from './machine.ts';
import type { Model, PersonModel } from './model.ts';
import type { Tally } from './tally.ts';

/** A graph with a place for each choice of each node: where it leads (-1: nowhere), and what it costs. */
type Paths = {
  next: Int32Array;
  cost: Float64Array;
  ends: Float64Array;
  /** Room for a search: the least cost of reaching a node (Infinity: not reached), and the place that led there. */
  value: Float64Array;
  via: Int32Array;
};

const made = new WeakMap<Graph, Paths>();

/** The places of all graphs together are at most so many (about 16 bytes each). */
const mostPlaces = 20_000_000;

/**
 * Whether everybody's days can be followed: their graphs hold all rules, none of them is a hard sum (a search wants to break those on its
 * way), and the graphs are not too large.
 */
export function canWalk({ people, choices }: Model): boolean {
  if (!people.every(isHeld)) return false;
  let places = 0;
  for (const { arcStart } of new Set(people.map(({ graph }) => graph))) places += arcStart.length * choices;
  return places <= mostPlaces;
}

const isHeld = ({ graph, loose, machines }: PersonModel): boolean =>
  graph.days > 0 && loose.length === 0 && !machines.some(isHardSum);

const isHardSum = ({ rule }: Machine): boolean =>
  (rule.kind === 'count' || rule.kind === 'blocks') &&
  (rule.minWeight === Infinity || rule.maxWeight === Infinity);

/** One person's days as a path through a graph that holds all of their rules: judging a change is following arcs. */
export class Walk implements Tally {
  readonly days: Uint8Array;
  readonly isPossible: boolean;
  readonly #cells: Float64Array;
  readonly #choices: number;
  readonly #paths: Paths;
  readonly #nodes: Int32Array;
  readonly #fresh: Int32Array;
  #freshEnd = 0;

  constructor({ graph, cells }: PersonModel, days: Uint8Array, choices: number) {
    this.days = days.slice();
    this.#cells = cells;
    this.#choices = choices;
    this.#paths = pathsOf(graph, choices);
    this.#nodes = new Int32Array(days.length + 1);
    this.#fresh = new Int32Array(days.length + 1);
    let node = graph.root;
    this.#nodes[0] = node;
    for (let day = 0; day < days.length && node >= 0; day++) {
      node = this.#paths.next[node * choices + (days[day] as number)] as number;
      this.#nodes[day + 1] = node;
    }
    this.isPossible = node >= 0 && this.#paths.ends[node] !== Infinity;
  }

  breaches(): number {
    return 0;
  }

  change(wanted: Uint8Array, from: number, to: number): number {
    const choices = this.#choices;
    const cells = this.#cells;
    const { next, cost, ends } = this.#paths;
    const { days } = this;
    const nodes = this.#nodes;
    const fresh = this.#fresh;
    let node = nodes[from] as number;
    let more = 0;
    let day = from;
    for (; day < days.length && (day < to || node !== nodes[day]); day++) {
      const old = days[day] as number;
      const now = day < to ? (wanted[day] as number) : old;
      const at = node * choices + now;
      node = next[at] as number;
      if (node < 0) return Infinity;
      more += (cost[at] as number) - (cost[(nodes[day] as number) * choices + old] as number);
      if (now !== old)
        more += (cells[day * choices + now] as number) - (cells[day * choices + old] as number);
      fresh[day + 1] = node;
    }
    this.#freshEnd = day;
    if (day === days.length && node !== nodes[day])
      more += (ends[node] as number) - (ends[nodes[day] as number] as number);
    return more;
  }

  take(wanted: Uint8Array, from: number, to: number): void {
    for (let day = from; day < to; day++) this.days[day] = wanted[day] as number;
    for (let day = from; day < this.#freshEnd; day++) this.#nodes[day + 1] = this.#fresh[day + 1] as number;
  }

  cheapest(costs: Float64Array, from: number, to: number, wanted: Uint8Array): boolean {
    const choices = this.#choices;
    const { value, via } = this.#paths;
    const reached = this.#reach(costs, from, to);
    let best = -1;
    let least = Infinity;
    for (const node of reached.at(-1) ?? []) {
      if ((value[node] as number) >= least) continue;
      const sum = (value[node] as number) + this.#behind(node, to);
      if (sum >= least) continue;
      least = sum;
      best = node;
    }
    for (const layer of reached) for (const node of layer) value[node] = Infinity;
    if (best < 0) return false;
    let node = best;
    for (let day = to - 1; day >= from; day--) {
      const at = via[node] as number;
      wanted[day] = at % choices;
      node = Math.floor(at / choices);
    }
    return true;
  }

  /** The nodes before each day from `from` to `to` that can be reached from where the days before lead, with `value` and `via` of each. */
  #reach(costs: Float64Array, from: number, to: number): number[][] {
    const choices = this.#choices;
    const { next, cost, value, via } = this.#paths;
    const first = this.#nodes[from] as number;
    value[first] = 0;
    let layer = [first];
    const reached = [layer];
    for (let base = 0; base < (to - from) * choices; base += choices) {
      const then: number[] = [];
      for (const node of layer) {
        const before = value[node] as number;
        for (let choice = 0; choice < choices; choice++) {
          const at = node * choices + choice;
          const target = next[at] as number;
          if (target < 0) continue;
          const sum = before + (cost[at] as number) + (costs[base + choice] as number);
          if (sum >= (value[target] as number)) continue;
          if (value[target] === Infinity) then.push(target);
          value[target] = sum;
          via[target] = at;
        }
      }
      reached.push(then);
      layer = then;
    }
    return reached;
  }

  /** What the days from `from` on cost by the rules, where they begin in a node. */
  #behind(begin: number, from: number): number {
    const { next, cost, ends } = this.#paths;
    let node = begin;
    let sum = 0;
    for (let day = from; day < this.days.length; day++) {
      const at = node * this.#choices + (this.days[day] as number);
      node = next[at] as number;
      if (node < 0) return Infinity;
      sum += cost[at] as number;
    }
    return sum + (ends[node] as number);
  }
}

/** The places of a graph, which everybody shares who shares the graph. */
export function pathsOf(graph: Graph, choices: number): Paths {
  const known = made.get(graph);
  if (known !== undefined) return known;
  const { arcStart, arcClass, arcTarget, arcCost, classOf, endCost } = graph;
  const nodes = arcStart.length - 1;
  const next = new Int32Array(nodes * choices).fill(-1);
  const cost = new Float64Array(nodes * choices);
  for (let node = 0; node < nodes; node++) {
    for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++) {
      for (let choice = 0; choice < choices; choice++) {
        if (classOf[choice] !== arcClass[arc]) continue;
        next[node * choices + choice] = arcTarget[arc] as number;
        cost[node * choices + choice] = arcCost[arc] as number;
      }
    }
  }
  const value = new Float64Array(nodes).fill(Infinity);
  const paths = { next, cost, ends: endCost, value, via: new Int32Array(nodes) };
  made.set(graph, paths);
  return paths;
}
