import { reduce } from './generate.ts';
import type { Graph } from './graph.ts';
import type { Model, PersonModel } from './model.ts';

/** Dives and neighbourhoods look at rosters that cost so much more than a person's cheapest at the prices of the bound. */
const reachShare = 0.003;
const leastReach = 20;

export const reachOf = (bound: number, unit: number): number =>
  Math.max(leastReach * unit, reachShare * Math.abs(bound));

/**
 * The model with only those rosters in its graphs that cost at most `reach` more than the cheapest of the person at given prices of
 * cover (arcs fixed by reduced cost; Irnich, Desaulniers and others 2010). The rosters of all people together that cost less than
 * `reach` above the bound of those prices are all in it.
 */
export function narrowed(model: Model, prices: Float64Array, reach: number): Model {
  const cells = new Float64Array(model.problem.days * model.choices);
  const people = model.people.map((person): PersonModel => {
    reduce(person, prices, cells);
    return {
      ...person,
      loose: person.loose.slice(),
      graph: within(person.graph, cells, model.choices, reach),
    };
  });
  return { ...model, people };
}

/** The arcs of a graph on a path that costs at most `reach` more than the cheapest. */
export function within(graph: Graph, cells: Float64Array, choices: number, reach: number): Graph {
  const { days, classes, layerStart, arcStart, arcClass, arcTarget, arcCost, endCost, root } = graph;
  const least = cheapest(graph, cells, choices);
  const after = costsAfter(graph, least);
  const nodes = after.length;
  const most = (after[root] as number) + reach;
  if (!Number.isFinite(most)) return graph;
  const before = new Float64Array(nodes).fill(Infinity);
  const isKept = new Uint8Array(arcClass.length);
  before[root] = 0;
  for (let layer = days; layer >= 1; layer--) {
    const base = (days - layer) * classes;
    for (let node = layerStart[layer] as number; node < (layerStart[layer + 1] as number); node++) {
      const from = before[node] as number;
      if (from === Infinity) continue;
      for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++) {
        const cost = from + (least[base + (arcClass[arc] as number)] as number) + (arcCost[arc] as number);
        const target = arcTarget[arc] as number;
        if (cost + (after[target] as number) > most) continue;
        isKept[arc] = 1;
        if (cost < (before[target] as number)) before[target] = cost;
      }
    }
  }
  return kept(graph, before, isKept, endCost);
}

/** The least cost of each class on each day. */
function cheapest({ days, classes, classOf }: Graph, cells: Float64Array, choices: number): Float64Array {
  const least = new Float64Array(days * classes).fill(Infinity);
  for (let cell = 0; cell < days * choices; cell++) {
    const kind = classOf[cell % choices] as number;
    if (kind === 255) continue;
    const at = Math.floor(cell / choices) * classes + kind;
    least[at] = Math.min(least[at] as number, cells[cell] as number);
  }
  return least;
}

/** The least cost from each node to the end. */
function costsAfter(graph: Graph, least: Float64Array): Float64Array {
  const { days, classes, layerStart, arcStart, arcClass, arcTarget, arcCost, endCost } = graph;
  const after = new Float64Array(arcStart.length - 1);
  after.set(endCost);
  for (let layer = 1; layer <= days; layer++) {
    const base = (days - layer) * classes;
    for (let node = layerStart[layer] as number; node < (layerStart[layer + 1] as number); node++) {
      let lowest = Infinity;
      for (let arc = arcStart[node] as number; arc < (arcStart[node + 1] as number); arc++) {
        const cost =
          (least[base + (arcClass[arc] as number)] as number) +
          (arcCost[arc] as number) +
          (after[arcTarget[arc] as number] as number);
        if (cost < lowest) lowest = cost;
      }
      after[node] = lowest;
    }
  }
  return after;
}

/** The graph of the nodes that were reached and the arcs that are kept. */
function kept(graph: Graph, before: Float64Array, isKept: Uint8Array, endCost: Float64Array): Graph {
  const names = new Int32Array(before.length).fill(-1);
  let nodes = 0;
  let arcs = 0;
  const layerStart = Int32Array.from(graph.layerStart, () => 0);
  for (let layer = 0; layer <= graph.days; layer++) {
    layerStart[layer] = nodes;
    for (let node = graph.layerStart[layer] as number; node < (graph.layerStart[layer + 1] as number); node++)
      if (before[node] !== Infinity) names[node] = nodes++;
  }
  layerStart[graph.days + 1] = nodes;
  for (const each of isKept) arcs += each;
  const slim = {
    arcStart: new Int32Array(nodes + 1),
    arcClass: new Uint8Array(arcs),
    arcTarget: new Int32Array(arcs),
    arcCost: new Float64Array(arcs),
  };
  let place = 0;
  for (let node = 0; node < before.length; node++) {
    const name = names[node] as number;
    if (name < 0) continue;
    slim.arcStart[name] = place;
    for (let arc = graph.arcStart[node] as number; arc < (graph.arcStart[node + 1] as number); arc++) {
      if (isKept[arc] === 0) continue;
      slim.arcClass[place] = graph.arcClass[arc] as number;
      slim.arcTarget[place] = names[graph.arcTarget[arc] as number] as number;
      slim.arcCost[place] = graph.arcCost[arc] as number;
      place += 1;
    }
  }
  slim.arcStart[nodes] = place;
  return {
    ...graph,
    ...slim,
    layerStart,
    endCost: endCost.filter((_, node) => before[node] !== Infinity),
    root: names[graph.root] as number,
  };
}
