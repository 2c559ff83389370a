import type { Stepper } from './machine.ts';

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

/** The graph of machines that share the choices `allowed`, or nothing where it would exceed `maxNodes`, or no path is legal. */
export function buildGraph(
  machines: Stepper[],
  days: number,
  allowed: boolean[],
  maxNodes: number,
): Graph | 'too big' | 'no roster' {
  const { classOf, samples } = classesOf(machines, allowed);
  const wide = unroll(machines, days, samples, maxNodes);
  if (wide === undefined) return 'too big';
  const merged = merge(wide, days);
  if (merged === undefined) return 'no roster';
  return { days, classOf, classes: samples.length, ...merged };
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

type Layer = {
  ends: number[];
  arcStart: number[];
  arcClass: number[];
  arcTarget: number[];
  arcCost: number[];
};

/** Every state that can be reached, layer by layer. */
function unroll(machines: Stepper[], days: number, samples: number[], maxNodes: number): Layer[] | undefined {
  const radix = machines.map((_, index) => machines.slice(0, index).reduce((all, one) => all * one.size, 1));
  if ((radix.at(-1) ?? 1) * (machines.at(-1)?.size ?? 1) > Number.MAX_SAFE_INTEGER) return undefined;
  let keys = [machines.reduce((key, machine, index) => key + machine.start * (radix[index] ?? 1), 0)];
  const layers: Layer[] = [];
  let nodes = 1;
  const count = machines.length;
  const states = new Float64Array(count);
  for (let day = 0; day < days; day++) {
    const layer: Layer = { ends: [], arcStart: [0], arcClass: [], arcTarget: [], arcCost: [] };
    const next = new Map<number, number>();
    const nextKeys: number[] = [];
    for (const key of keys) {
      for (let index = 0; index < count; index++)
        states[index] = Math.floor(key / (radix[index] as number)) % (machines[index] as Stepper).size;
      for (let kind = 0; kind < samples.length; kind++) {
        const choice = samples[kind] as number;
        let target = 0;
        let cost = 0;
        for (let index = 0; index < count; index++) {
          const machine = machines[index] as Stepper;
          const state = machine.step(states[index] as number, day, choice);
          if (state < 0) {
            target = -1;
            break;
          }
          target += state * (radix[index] as number);
          cost += machine.paid;
        }
        if (target < 0) continue;
        let node = next.get(target);
        if (node === undefined) {
          node = nextKeys.push(target) - 1;
          next.set(target, node);
        }
        layer.arcClass.push(kind);
        layer.arcTarget.push(node);
        layer.arcCost.push(cost);
      }
      layer.arcStart.push(layer.arcClass.length);
    }
    layers.push(layer);
    keys = nextKeys;
    nodes += keys.length;
    if (nodes > maxNodes) return undefined;
  }
  const ends = keys.map((key) =>
    machines.reduce(
      (cost, machine, index) => cost + machine.end(Math.floor(key / (radix[index] ?? 1)) % machine.size),
      0,
    ),
  );
  layers.push({ ends, arcStart: [], arcClass: [], arcTarget: [], arcCost: [] });
  return layers;
}

/** Drops what leads nowhere and joins nodes with the same future, from the last day back. */
function merge(layers: Layer[], days: number): Omit<Graph, 'days' | 'classOf' | 'classes'> | undefined {
  const layerStart = [0];
  const endCost: number[] = [];
  const arcStart = [0];
  const arcClass: number[] = [];
  const arcTarget: number[] = [];
  const arcCost: number[] = [];
  const byEnd = new Map<number, number>();
  let names = (layers[days]?.ends ?? []).map((cost) => {
    if (cost === Infinity) return -1;
    const found = byEnd.get(cost) ?? endCost.push(cost) - 1;
    byEnd.set(cost, found);
    return found;
  });
  for (let index = 0; index < endCost.length; index++) arcStart.push(0);
  layerStart.push(endCost.length);
  for (let day = days - 1; day >= 0; day--) {
    const layer = layers[day] as Layer;
    const known = new Map<number, number[]>();
    const mine: number[] = [];
    for (let node = 0; node + 1 < layer.arcStart.length; node++) {
      const begin = arcClass.length;
      let hash = 17;
      for (let arc = layer.arcStart[node] ?? 0; arc < (layer.arcStart[node + 1] ?? 0); arc++) {
        const target = names[layer.arcTarget[arc] ?? 0] ?? -1;
        if (target < 0) continue;
        const kind = layer.arcClass[arc] ?? 0;
        const cost = layer.arcCost[arc] ?? 0;
        arcClass.push(kind);
        arcTarget.push(target);
        arcCost.push(cost);
        hash = (Math.imul(hash, 31) + kind) | 0;
        hash = (Math.imul(hash ^ target, 0x9e3779b1) + Math.round(cost * 16)) | 0;
      }
      const length = arcClass.length - begin;
      if (length === 0) {
        mine.push(-1);
        continue;
      }
      const same = (known.get(hash) ?? []).find((other) => {
        const start = arcStart[other] ?? 0;
        if ((arcStart[other + 1] ?? 0) - start !== length) return false;
        for (let step = 0; step < length; step++) {
          if (
            arcClass[start + step] !== arcClass[begin + step] ||
            arcTarget[start + step] !== arcTarget[begin + step] ||
            arcCost[start + step] !== arcCost[begin + step]
          )
            return false;
        }
        return true;
      });
      if (same !== undefined) {
        arcClass.length = begin;
        arcTarget.length = begin;
        arcCost.length = begin;
        mine.push(same);
        continue;
      }
      const name = arcStart.push(arcClass.length) - 2;
      const list = known.get(hash);
      if (list === undefined) known.set(hash, [name]);
      else list.push(name);
      mine.push(name);
    }
    names = mine;
    layerStart.push(arcStart.length - 1);
  }
  const root = names[0] ?? -1;
  if (root < 0) return undefined;
  return {
    layerStart: Int32Array.from(layerStart),
    arcStart: Int32Array.from(arcStart),
    arcClass: Uint8Array.from(arcClass),
    arcTarget: Int32Array.from(arcTarget),
    arcCost: Float64Array.from(arcCost),
    isFree: arcCost.every((cost) => cost === 0),
    endCost: Float64Array.from(endCost),
    root,
  };
}
