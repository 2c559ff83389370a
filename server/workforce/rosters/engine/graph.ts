import type { Stepper } from './machine.ts';
import { merged } from './merge.ts';
import { unrolled } from './unroll.ts';

/**
 * All rosters that some rules allow, as paths through layers of nodes: an arc is a class of choices on a day. Nodes are
 * numbered from the last layer to the first, so that an arc always leads to a lower number; equal futures share a node.
 */
export type Graph = {
  days: number;
  /** The class of each choice, 255 where it is never allowed. */
  classOf: Uint8Array;
  classes: number;
  /** Nodes of the layer before day d: from `layerStart[days - d]` up to `layerStart[days - d + 1]`. */
  layerStart: Int32Array;
  arcStart: Int32Array;
  arcClass: Uint8Array;
  arcTarget: Int32Array;
  arcCost: Float64Array;
  /** Whether no arc costs anything. */
  isFree: boolean;
  /** What the nodes after the last day cost. */
  endCost: Float64Array;
  root: number;
};

/** Nodes and arcs alone, between the same days and classes. */
export type Net = Pick<
  Graph,
  'layerStart' | 'arcStart' | 'arcClass' | 'arcTarget' | 'arcCost' | 'endCost' | 'root'
>;

/**
 * The graph of machines that share the choices `allowed`, or nothing where it would exceed `maxNodes`, or no path is legal. One
 * machine after the other is laid over what the machines before leave, and nodes with the same future are joined each time: so
 * much fewer nodes are looked at than all machines together have states.
 */
export function buildGraph(
  machines: Stepper[],
  days: number,
  allowed: boolean[],
  maxNodes: number,
): Graph | 'too big' | 'no roster' {
  const { classOf, samples } = classesOf(machines, allowed);
  let net = everything(days, samples.length);
  for (const machine of machines) {
    const wide = unrolled(net, machine, days, samples, maxNodes);
    if (wide === undefined) return 'too big';
    const next = merged(wide, days);
    if (next === undefined) return 'no roster';
    net = next;
  }
  return {
    days,
    classOf,
    classes: samples.length,
    ...net,
    isFree: net.arcCost.every((cost) => cost === 0),
  };
}

function classesOf(machines: Stepper[], allowed: boolean[]): { classOf: Uint8Array; samples: number[] } {
  const known = new Map<string, number>();
  const samples: number[] = [];
  const classOf = new Uint8Array(allowed.length).fill(255);
  allowed.forEach((isAllowed, choice) => {
    if (!isAllowed) return;
    const key = machines.map((machine) => machine.kindOf(choice)).join('|');
    const found = known.get(key) ?? samples.push(choice) - 1;
    known.set(key, found);
    classOf[choice] = found;
  });
  return { classOf, samples };
}

/** Every roster there is: one node a layer. */
function everything(days: number, classes: number): Net {
  const arcs = days * classes;
  return {
    layerStart: Int32Array.from({ length: days + 2 }, (_, layer) => layer),
    arcStart: Int32Array.from({ length: days + 2 }, (_, node) => Math.max(0, node - 1) * classes),
    arcClass: Uint8Array.from({ length: arcs }, (_, arc) => arc % classes),
    arcTarget: Int32Array.from({ length: arcs }, (_, arc) => Math.floor(arc / classes)),
    arcCost: new Float64Array(arcs),
    endCost: new Float64Array(1),
    root: days,
  };
}
