import type { Graph, Net } from './graph.ts';
import type { Stepper } from './machine.ts';
import { merged } from './merge.ts';
import { unrolled } from './unroll.ts';

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
  if (machines.some(({ size }) => size > Number.MAX_SAFE_INTEGER)) return 'too big';
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
