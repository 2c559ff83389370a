import type { Graph } from './graph.ts';
import type { Model } from './model.ts';
import { pathsOf } from './walk.ts';

/**
 * The graphs of everybody in one list of places: one for each choice of each node, which says where it leads (the first place of the next
 * node) and what it costs more than the cheapest way from there to the end (Infinity: forbidden).
 */
export type JoinedPaths = {
  next: Int32Array;
  cost: Float64Array;
  /** The place where each person begins. */
  roots: Int32Array;
  /** What choices cost by wishes: `cells[(person * days + day) * choices + choice]`. */
  cells: Float64Array;
};

const made = new WeakMap<Model, JoinedPaths>();

/** The paths of a model, which are made once. */
export function joinedPaths(model: Model): JoinedPaths {
  const known = made.get(model);
  if (known !== undefined) return known;
  const { people, choices, problem } = model;
  const graphs = [...new Set(people.map(({ graph }) => graph))];
  const begins = new Map<Graph, number>();
  let places = 0;
  for (const graph of graphs) {
    begins.set(graph, places);
    places += (graph.arcStart.length - 1) * choices;
  }
  const next = new Int32Array(places);
  const cost = new Float64Array(places).fill(Infinity);
  for (const graph of graphs) lay(graph, choices, begins.get(graph) ?? 0, next, cost);
  const cells = new Float64Array(people.length * problem.days * choices);
  people.forEach((person, index) => cells.set(person.cells, index * problem.days * choices));
  const roots = Int32Array.from(people, ({ graph }) => (begins.get(graph) ?? 0) + graph.root * choices);
  const paths = { next, cost, roots, cells };
  made.set(model, paths);
  return paths;
}

/** Lays the paths of one graph down from a place on; they lead to lower nodes, so what comes behind is known first. */
function lay(graph: Graph, choices: number, begin: number, next: Int32Array, cost: Float64Array): void {
  const paths = pathsOf(graph, choices);
  const nodes = graph.arcStart.length - 1;
  const least = new Float64Array(nodes).fill(Infinity);
  least.set(paths.ends);
  const whole = (place: number): number => {
    const target = paths.next[place] as number;
    return target < 0 ? Infinity : (paths.cost[place] as number) + (least[target] as number);
  };
  for (let node = paths.ends.length; node < nodes; node++) {
    const [first, last] = [node * choices, (node + 1) * choices];
    for (let place = first; place < last; place++)
      least[node] = Math.min(least[node] as number, whole(place));
    for (let place = first; place < last; place++) {
      if (whole(place) === Infinity) continue;
      next[begin + place] = begin + (paths.next[place] as number) * choices;
      cost[begin + place] = whole(place) - (least[node] as number);
    }
  }
}
