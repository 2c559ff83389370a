import type { Graph } from './graph.ts';
import { allows, type PersonModel } from './model.ts';
import { binding, limitsOf, Prices } from './limits.ts';

/** The cheapest roster of a person under given prices. `bound` is a lower bound on its cost, equal to it where `isExact`. */
export type Priced = {
  /** Infinity where no roster was found in time; then `days` says nothing. */
  cost: number;
  bound: number;
  days: Uint8Array;
  steps: number;
  /** After a long search: the cheapest roster without the rules that the graph does not hold. */
  relaxed?: Uint8Array;
};

/** A search past the graph that takes more steps than this is long. */
const manySteps = 1500;

/** Of so many steps is a search that need not be exact. */
const fewSteps = 60;

/** Where less of the alternatives than this is open, only what can be reached is looked at. */
const narrowShare = 0.5;

/** How many prices of broken limits are tried before the search. */
const manyPrices = 6;

/** How many until one gives days that keep every limit. */
const mostPrices = 20;

/** What is known before the search past the graph: the rules to check, a bound, and days that keep them, if any. */
type Search = {
  checked: PersonModel['machines'];
  found: Uint8Array | undefined;
  foundCost: number;
  bound: number;
  relaxed: Uint8Array;
  prices: ReturnType<Prices['copy']>;
};

/** Kept arrays of one thread, so that pricing allocates nothing of size. */
export class Pricer {
  #best = new Float64Array(0);
  #least = new Float64Array(0);
  #reached = new Int32Array(0);
  #turnOf = new Int32Array(0);
  #turn = 0;
  readonly #layerEnd: number[] = [];
  #member = new Uint8Array(0);
  readonly #maxSteps: number;
  /** Whether a search past the graph may be short where days are known that keep every rule. */
  isQuick = false;

  constructor(maxSteps = 20_000) {
    this.#maxSteps = maxSteps;
  }

  /**
   * Prices one person. `cells[day * choices + choice]` is what a choice costs now; Infinity forbids it. Nothing comes
   * back where no legal roster is left.
   */
  price(person: PersonModel, cells: Float64Array, choices: number): Priced | undefined {
    const { graph } = person;
    if (person.loose.length === 0) {
      this.#prepare(graph, cells, choices);
      const bound = this.#complete(graph);
      return bound === Infinity ? undefined : { cost: bound, bound, days: this.#follow(graph), steps: 0 };
    }
    const known = this.#press(person, cells, choices);
    if (known === undefined) return undefined;
    const { found, foundCost, bound, relaxed } = known;
    if (found !== undefined && foundCost - bound < 1e-9)
      return { cost: foundCost, bound: foundCost, days: found, steps: 0 };
    const priced = this.#search(person, known, cells, choices);
    return priced === undefined || priced.steps > manySteps
      ? { ...(priced ?? { cost: Infinity, bound, days: relaxed, steps: manySteps + 1 }), relaxed }
      : priced;
  }

  /**
   * Prices the limits that the cheapest days break, a few times over: each price gives a bound, and some give days that keep
   * every limit. Leaves the completions of the best prices for the search; nothing where no days are left.
   */
  #press(person: PersonModel, cells: Float64Array, choices: number): Search | undefined {
    const { graph } = person;
    const checked = binding(person);
    const prices = new Prices(limitsOf(checked, graph.days, choices), cells);
    let best: Search | undefined;
    for (let turn = 0; turn < (best?.found === undefined ? mostPrices : manyPrices); turn++) {
      this.#prepare(graph, prices.cells, choices);
      const least = this.#complete(graph);
      if (least === Infinity) return undefined;
      const bound = least - prices.allowance;
      const days = this.#follow(graph);
      if (best === undefined || bound > best.bound) {
        best = {
          found: undefined,
          foundCost: Infinity,
          ...best,
          checked,
          bound,
          relaxed: days,
          prices: prices.copy(),
        };
      }
      if (checked.every((machine) => allows(machine, days))) {
        const cost = bound + prices.unused(days, choices);
        if (cost < best.foundCost) best = { ...best, foundCost: cost, found: days };
        if (best.foundCost - best.bound < 1e-9) break;
      }
      if (!prices.follow(days, choices)) break;
    }
    if (best === undefined) return undefined;
    prices.remember(best.prices.each);
    if (best.foundCost - best.bound < 1e-9) return best;
    this.#prepare(graph, best.prices.cells, choices);
    this.#complete(graph);
    return best;
  }

  /** The cheapest member of each class on each day. */
  #prepare(graph: Graph, cells: Float64Array, choices: number): void {
    const { days, classes, classOf } = graph;
    if (this.#least.length < days * classes) {
      this.#least = new Float64Array(days * classes);
      this.#member = new Uint8Array(days * classes);
    }
    const least = this.#least.fill(Infinity);
    for (let day = 0; day < days; day++) {
      for (let choice = 0; choice < choices; choice++) {
        const kind = classOf[choice] ?? 255;
        if (kind === 255) continue;
        const cost = cells[day * choices + choice] ?? 0;
        const place = day * classes + kind;
        if (cost < (least[place] ?? 0)) {
          least[place] = cost;
          this.#member[place] = choice;
        }
      }
    }
  }

  /** Fills `best[node]` with the least cost from each node to the end; gives that of the root. */
  #complete(graph: Graph): number {
    return this.#isNarrow(graph) ? this.#completeReached(graph) : this.#completeAll(graph);
  }

  /** Whether so many days are decided that only a small part of the graph can be reached. */
  #isNarrow({ days, classes }: Graph): boolean {
    const least = this.#least;
    let open = 0;
    for (let cell = 0; cell < days * classes; cell++) if (least[cell] !== Infinity) open += 1;
    return open - days < (classes - 1) * days * narrowShare;
  }

  /** The same for the nodes alone that open cells lead to from the root; no path goes through others. */
  #completeReached(graph: Graph): number {
    const { days, classes, arcStart, arcClass, arcTarget, arcCost, endCost, root } = graph;
    const nodes = arcStart.length - 1;
    if (this.#best.length < nodes) this.#best = new Float64Array(nodes);
    if (this.#turnOf.length < nodes) {
      this.#turnOf = new Int32Array(nodes);
      this.#reached = new Int32Array(nodes);
    }
    const [best, least, turnOf, reached] = [this.#best, this.#least, this.#turnOf, this.#reached];
    const turn = ++this.#turn;
    best.set(endCost);
    reached[0] = root;
    let [from, to] = [0, 1];
    for (let day = 0; day < days; day++) {
      const base = day * classes;
      let next = to;
      for (let place = from; place < to; place++) {
        const node = reached[place] as number;
        const end = arcStart[node + 1] as number;
        for (let arc = arcStart[node] as number; arc < end; arc++) {
          if (least[base + (arcClass[arc] as number)] === Infinity) continue;
          const target = arcTarget[arc] as number;
          if (turnOf[target] === turn) continue;
          turnOf[target] = turn;
          reached[next++] = target;
        }
      }
      this.#layerEnd[day] = to;
      [from, to] = [to, next];
    }
    for (let day = days - 1; day >= 0; day--) {
      const base = day * classes;
      const first = day === 0 ? 0 : (this.#layerEnd[day - 1] as number);
      for (let place = first; place < (this.#layerEnd[day] as number); place++) {
        const node = reached[place] as number;
        const end = arcStart[node + 1] as number;
        let lowest = Infinity;
        for (let arc = arcStart[node] as number; arc < end; arc++) {
          const price = least[base + (arcClass[arc] as number)] as number;
          if (price === Infinity) continue;
          const cost = price + (arcCost[arc] as number) + (best[arcTarget[arc] as number] as number);
          if (cost < lowest) lowest = cost;
        }
        best[node] = lowest;
      }
    }
    return best[root] as number;
  }

  #completeAll(graph: Graph): number {
    const { days, classes, layerStart, arcStart, arcClass, arcTarget, arcCost, isFree, endCost } = graph;
    const nodes = arcStart.length - 1;
    if (this.#best.length < nodes) this.#best = new Float64Array(nodes);
    const best = this.#best;
    const least = this.#least;
    best.set(endCost);
    for (let layer = 1; layer <= days; layer++) {
      const base = (days - layer) * classes;
      const last = layerStart[layer + 1] as number;
      let arc = arcStart[layerStart[layer] as number] as number;
      for (let node = layerStart[layer] as number; node < last; node++) {
        const end = arcStart[node + 1] as number;
        let lowest = Infinity;
        if (isFree) {
          for (; arc < end; arc++) {
            const cost =
              (least[base + (arcClass[arc] as number)] as number) +
              (best[arcTarget[arc] as number] as number);
            if (cost < lowest) lowest = cost;
          }
        }
        for (; arc < end; arc++) {
          const cost =
            (least[base + (arcClass[arc] as number)] as number) +
            (arcCost[arc] as number) +
            (best[arcTarget[arc] as number] as number);
          if (cost < lowest) lowest = cost;
        }
        best[node] = lowest;
      }
    }
    return best[graph.root] ?? Infinity;
  }

  #arcValue(graph: Graph, arc: number, day: number): number {
    return (
      (this.#least[day * graph.classes + (graph.arcClass[arc] ?? 0)] ?? 0) +
      (graph.arcCost[arc] ?? 0) +
      (this.#best[graph.arcTarget[arc] ?? 0] ?? 0)
    );
  }

  #follow(graph: Graph): Uint8Array {
    const days = new Uint8Array(graph.days);
    let node = graph.root;
    for (let day = 0; day < graph.days; day++) {
      let chosen = graph.arcStart[node] ?? 0;
      let lowest = Infinity;
      for (let arc = chosen; arc < (graph.arcStart[node + 1] ?? 0); arc++) {
        const value = this.#arcValue(graph, arc, day);
        if (value < lowest) {
          lowest = value;
          chosen = arc;
        }
      }
      days[day] = this.#member[day * graph.classes + (graph.arcClass[chosen] ?? 0)] ?? 0;
      node = graph.arcTarget[chosen] ?? 0;
    }
    return days;
  }

  /**
   * Depth first, cheapest completion first, over the graph with the loose rules checked along the way. Completions of
   * the graph, with limits priced, never cost more than what the loose rules allow, so a branch that cannot beat the best is
   * cut exactly.
   */
  #search(person: PersonModel, known: Search, cells: Float64Array, choices: number): Priced | undefined {
    const { graph } = person;
    const { checked, prices } = known;
    const days = new Uint8Array(graph.days);
    const seen = new Map<string, number>();
    const { cells: charged, allowance } = prices;
    const maxSteps = known.found === undefined ? this.#maxSteps : this.isQuick ? fewSteps : manySteps;
    let { found, foundCost } = known;
    let steps = 0;
    const visit = (node: number, day: number, spent: number, charges: number, states: number[]): void => {
      if (day === graph.days) {
        const end = checked.reduce((sum, machine, index) => sum + machine.end(states[index] ?? 0), 0);
        const total = spent + (graph.endCost[node] ?? 0) + end;
        if (total < foundCost - 1e-9) {
          foundCost = total;
          found = days.slice();
        }
        return;
      }
      const key = `${node},${states.join()}`;
      const before = seen.get(key);
      if (before !== undefined && before <= spent + 1e-9) return;
      seen.set(key, spent);
      const base = day * choices;
      for (const { value, choice, arc, price } of this.#options(graph, node, day, charged, choices)) {
        if (charges + value - allowance >= foundCost - 1e-9 || steps > maxSteps) return;
        steps += 1;
        let paid = 0;
        const next: number[] = [];
        for (let index = 0; index < checked.length; index++) {
          const machine = checked[index] as PersonModel['machines'][number];
          const state = machine.step(states[index] ?? 0, day, choice);
          if (state < 0) break;
          paid += machine.paid;
          next.push(state);
        }
        if (next.length < checked.length) continue;
        days[day] = choice;
        const extra = (charged[base + choice] as number) - (cells[base + choice] as number);
        visit(graph.arcTarget[arc] ?? 0, day + 1, spent + price - extra + paid, charges + price + paid, next);
      }
    };
    visit(
      graph.root,
      0,
      0,
      0,
      checked.map((machine) => machine.start),
    );
    if (found === undefined) return undefined;
    return { cost: foundCost, bound: steps > maxSteps ? known.bound : foundCost, days: found, steps };
  }

  /** Every choice at a node with its cheapest completion, cheapest first. */
  #options(
    graph: Graph,
    node: number,
    day: number,
    cells: Float64Array,
    choices: number,
  ): { value: number; price: number; choice: number; arc: number }[] {
    const options: { value: number; price: number; choice: number; arc: number }[] = [];
    for (let arc = graph.arcStart[node] ?? 0; arc < (graph.arcStart[node + 1] ?? 0); arc++) {
      const kind = graph.arcClass[arc];
      const rest = this.#best[graph.arcTarget[arc] ?? 0] ?? Infinity;
      if (rest === Infinity) continue;
      for (let choice = 0; choice < choices; choice++) {
        if (graph.classOf[choice] !== kind) continue;
        const cell = cells[day * choices + choice] ?? Infinity;
        if (cell === Infinity) continue;
        const price = cell + (graph.arcCost[arc] ?? 0);
        options.push({ value: price + rest, price, choice, arc });
      }
    }
    return options.sort((a, b) => a.value - b.value);
  }
}
