import type { Graph } from './graph.ts';
import type { Model } from './model.ts';
import { pathsOf } from './walk.ts';

/**
 * The graphs of everybody in one list of places: one for each kind of choice of each node, which says where it leads (the first place of the
 * next node) and what it costs more than the cheapest way from there to the end (Infinity: forbidden). Choices that no rule tells apart are of
 * one kind.
 */
export type JoinedPaths = {
  kinds: number;
  kindOf: Uint8Array;
  next: Int32Array;
  cost: Float64Array;
  /** The place where each person begins. */
  roots: Int32Array;
  /** The least that a choice of a kind costs by wishes: `cells[(person * days + day) * kinds + kind]`. */
  cells: Float64Array;
  /** What a choice costs more than that (`forbidden` at most): `extra[(person * days + day) * choices + choice]`. */
  extra: Float64Array;
};

/** What a forbidden choice counts as beside others of its kind: a number, so that a day may pass through it while it is put right. */
export const forbidden = 1e7;

const made = new WeakMap<Model, JoinedPaths>();

/** The paths of a model, which are made once. */
export function joinedPaths(model: Model): JoinedPaths {
  const known = made.get(model);
  if (known !== undefined) return known;
  const graphs = [...new Set(model.people.map(({ graph }) => graph))];
  const { kindOf, samples } = kindsOf(graphs, model.choices);
  const kinds = samples.length;
  const begins = new Map<Graph, number>();
  let places = 0;
  for (const graph of graphs) {
    begins.set(graph, places);
    places += (graph.arcStart.length - 1) * kinds;
  }
  const next = new Int32Array(places);
  const cost = new Float64Array(places).fill(Infinity);
  for (const graph of graphs) lay(graph, model.choices, samples, begins.get(graph) ?? 0, { next, cost });
  const roots = Int32Array.from(model.people, ({ graph }) => (begins.get(graph) ?? 0) + graph.root * kinds);
  const paths = { kinds, kindOf, next, cost, roots, ...wishesOf(model, kindOf, kinds) };
  made.set(model, paths);
  return paths;
}

/** Choices are of one kind where they are of one class in every graph; `samples` has one of each kind. */
function kindsOf(graphs: Graph[], choices: number): { kindOf: Uint8Array; samples: number[] } {
  const known = new Map<string, number>();
  const samples: number[] = [];
  const kindOf = Uint8Array.from({ length: choices }, (_, choice) => {
    const key = graphs.map(({ classOf }) => classOf[choice]).join();
    const kind = known.get(key) ?? samples.push(choice) - 1;
    known.set(key, kind);
    return kind;
  });
  return { kindOf, samples };
}

function wishesOf(
  { people, choices, problem }: Model,
  kindOf: Uint8Array,
  kinds: number,
): Pick<JoinedPaths, 'cells' | 'extra'> {
  const all = people.length * problem.days;
  const cells = new Float64Array(all * kinds).fill(Infinity);
  const extra = new Float64Array(all * choices);
  for (let cell = 0; cell < all; cell++) {
    const own = people[Math.floor(cell / problem.days)]?.cells as Float64Array;
    const day = cell % problem.days;
    const costOf = (choice: number): number => own[day * choices + choice] as number;
    for (let choice = 0; choice < choices; choice++) {
      const at = cell * kinds + (kindOf[choice] as number);
      cells[at] = Math.min(cells[at] as number, costOf(choice));
    }
    for (let choice = 0; choice < choices; choice++) {
      const least = cells[cell * kinds + (kindOf[choice] as number)] as number;
      if (least !== Infinity) extra[cell * choices + choice] = Math.min(forbidden, costOf(choice) - least);
    }
  }
  return { cells, extra };
}

/** Lays the paths of one graph down from a place on; they lead to lower nodes, so what comes behind is known first. */
function lay(
  graph: Graph,
  choices: number,
  samples: number[],
  begin: number,
  { next, cost }: Pick<JoinedPaths, 'next' | 'cost'>,
): void {
  const paths = pathsOf(graph, choices);
  const nodes = graph.arcStart.length - 1;
  const kinds = samples.length;
  const least = new Float64Array(nodes).fill(Infinity);
  least.set(paths.ends);
  const whole = (place: number): number => {
    const target = paths.next[place] as number;
    return target < 0 ? Infinity : (paths.cost[place] as number) + (least[target] as number);
  };
  for (let node = paths.ends.length; node < nodes; node++) {
    const from = samples.map((choice) => node * choices + choice);
    least[node] = from.reduce((found, place) => Math.min(found, whole(place)), Infinity);
    from.forEach((place, kind) => {
      if (whole(place) === Infinity) return;
      next[begin + node * kinds + kind] = begin + (paths.next[place] as number) * kinds;
      cost[begin + node * kinds + kind] = whole(place) - (least[node] as number);
    });
  }
}
