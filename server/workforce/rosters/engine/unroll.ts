import type { Net } from './graph.ts';
import type { Stepper } from './machine.ts';
import { Names } from './names.ts';

/** One day's arcs, from the nodes before it to those behind: nodes are numbered in each layer for itself. */
export type Layer = { start: Int32Array; kinds: Uint8Array; targets: Int32Array; costs: Float64Array };

/** Layers from the first day to the last, and what the nodes behind the last cost. */
export type Unrolled = { layers: Layer[]; ends: Float64Array };

/**
 * Every pair of a node of `net` and a state of `machine` that can be reached, layer by layer; undefined where there are more
 * than `maxNodes`.
 */
export function unrolled(
  net: Net,
  machine: Stepper,
  days: number,
  samples: number[],
  maxNodes: number,
): Unrolled | undefined {
  const { layerStart, arcStart, arcClass, arcTarget, arcCost, endCost, root } = net;
  const steps = new Steps(machine, samples);
  const pairs = new Pairs(machine.size);
  let nodes = Int32Array.of(root);
  let states = Float64Array.of(machine.start);
  let all = 1;
  const layers: Layer[] = [];
  for (let day = 0; day < days; day++) {
    const [first, behind] = [layerStart[days - day - 1] as number, layerStart[days - day] as number];
    pairs.clear(first, behind - first);
    steps.begin(day);
    let most = 0;
    for (const node of nodes) most += (arcStart[node + 1] as number) - (arcStart[node] as number);
    const start = new Int32Array(nodes.length + 1);
    const kinds = new Uint8Array(most);
    const targets = new Int32Array(most);
    const costs = new Float64Array(most);
    let arcs = 0;
    for (let place = 0; place < nodes.length; place++) {
      const node = nodes[place] as number;
      const state = states[place] as number;
      for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++) {
        const kind = arcClass[arc] as number;
        const next = steps.next(state, kind);
        if (next < 0) continue;
        kinds[arcs] = kind;
        targets[arcs] = pairs.of(arcTarget[arc] as number, next);
        costs[arcs] = (arcCost[arc] as number) + steps.paid;
        arcs += 1;
      }
      start[place + 1] = arcs;
    }
    layers.push({
      start,
      kinds: kinds.slice(0, arcs),
      targets: targets.slice(0, arcs),
      costs: costs.slice(0, arcs),
    });
    [nodes, states] = [pairs.nodes.slice(0, pairs.size), pairs.states.slice(0, pairs.size)];
    all += pairs.size;
    if (all > maxNodes) return undefined;
  }
  const ends = states.map((state, place) => (endCost[nodes[place] as number] as number) + machine.end(state));
  return { layers, ends };
}

/** Machines of more steps a day than this are asked each time. */
const mostTabled = 1_000_000;

const unknown = -2;

/** A machine's steps of one day, each asked for once. */
class Steps {
  /** What the last step cost. */
  paid = 0;
  readonly #machine: Stepper;
  readonly #samples: number[];
  readonly #next: Int32Array | undefined;
  readonly #paid: Float64Array;
  #day = 0;

  constructor(machine: Stepper, samples: number[]) {
    this.#machine = machine;
    this.#samples = samples;
    const length = machine.size * samples.length;
    const isTabled = length <= mostTabled;
    this.#next = isTabled ? new Int32Array(length) : undefined;
    this.#paid = new Float64Array(isTabled ? length : 0);
  }

  begin(day: number): void {
    this.#day = day;
    this.#next?.fill(unknown);
  }

  next(state: number, kind: number): number {
    const table = this.#next;
    if (table === undefined) return this.#ask(state, kind);
    const at = state * this.#samples.length + kind;
    const known = table[at] as number;
    if (known === unknown) {
      const asked = this.#ask(state, kind);
      table[at] = asked;
      this.#paid[at] = this.paid;
      return asked;
    }
    this.paid = this.#paid[at] as number;
    return known;
  }

  #ask(state: number, kind: number): number {
    const next = this.#machine.step(state, this.#day, this.#samples[kind] as number);
    this.paid = this.#machine.paid;
    return next;
  }
}

/** As many pairs of node and state in one layer are looked up in a table; more by their hash. */
const mostListed = 2 ** 22;

/** Names of states fit into one whole number together with those of nodes. */
const manyStates = 2 ** 26;

/** Pairs of node and state in one layer, numbered in the order in which they come. */
class Pairs {
  size = 0;
  nodes = new Int32Array(1024);
  states = new Float64Array(1024);
  readonly #width: number;
  #first = 0;
  #isListed = false;
  #numbers = new Int32Array(0);
  readonly #names = new Names();
  readonly #stateNames: Names | undefined;

  constructor(width: number) {
    this.#width = Math.min(width, manyStates);
    this.#stateNames = width > manyStates ? new Names() : undefined;
  }

  /** Begins with a layer of `count` nodes from `first` up. */
  clear(first: number, count: number): void {
    if (this.#isListed)
      for (let place = 0; place < this.size; place++)
        this.#numbers[this.#key(this.nodes[place] as number, this.states[place] as number)] = 0;
    this.#first = first;
    this.size = 0;
    this.#isListed = this.#stateNames === undefined && count * this.#width <= mostListed;
    if (this.#isListed) {
      if (this.#numbers.length < count * this.#width) this.#numbers = new Int32Array(count * this.#width);
      return;
    }
    this.#names.clear();
    this.#stateNames?.clear();
  }

  of(node: number, state: number): number {
    const number = this.#number(node, state);
    if (number === this.size) this.#push(node, state);
    return number;
  }

  #number(node: number, state: number): number {
    if (!this.#isListed) return this.#names.of(this.#key(node, this.#stateNames?.of(state) ?? state));
    const key = this.#key(node, state);
    const known = this.#numbers[key] as number;
    if (known > 0) return known - 1;
    this.#numbers[key] = this.size + 1;
    return this.size;
  }

  #key(node: number, state: number): number {
    return (node - this.#first) * this.#width + state;
  }

  #push(node: number, state: number): void {
    if (this.size === this.nodes.length) {
      this.nodes = grown(this.nodes, new Int32Array(2 * this.size));
      this.states = grown(this.states, new Float64Array(2 * this.size));
    }
    this.nodes[this.size] = node;
    this.states[this.size] = state;
    this.size += 1;
  }
}

function grown<T extends Int32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
