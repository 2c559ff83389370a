import type { Stepper } from './machine.ts';
import { JoinedNames } from './joined-names.ts';
import { Names } from './names.ts';

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

/** A machine's steps of one day, looked up: `next[state * classes + class]`. */
type DayTable = { next: Int32Array; paid: Float64Array };

/** Machines of more steps a day than this are asked each time. */
const mostTabled = 20_000;

function dayTable(machine: Stepper, day: number, samples: number[]): DayTable | undefined {
  const length = machine.size * samples.length;
  if (length > mostTabled) return undefined;
  const [next, paid] = [new Int32Array(length), new Float64Array(length)];
  for (let at = 0; at < length; at++) {
    const kind = at % samples.length;
    next[at] = machine.step((at - kind) / samples.length, day, samples[kind] as number);
    paid[at] = machine.paid;
  }
  return { next, paid };
}

/** Every state that can be reached, layer by layer. */
function unroll(machines: Stepper[], days: number, samples: number[], maxNodes: number): Layer[] | undefined {
  const count = machines.length;
  if (machines.some(({ size }) => size > Number.MAX_SAFE_INTEGER)) return undefined;
  const radix = machines.map((_, index) => machines.slice(0, index).reduce((all, one) => all * one.size, 1));
  const isWide = (radix.at(-1) ?? 1) * (machines.at(-1)?.size ?? 1) > Number.MAX_SAFE_INTEGER;
  if (isWide) radix.fill(0);
  let states = machines.map(({ start }) => start);
  let width = 1;
  const layers: Layer[] = [];
  let nodes = 1;
  const joined = isWide ? new JoinedNames(machines.map(({ size }) => size)) : undefined;
  const single = new Names();
  const names = joined ?? single;
  const reached = new Int32Array(count);
  for (let day = 0; day < days; day++) {
    const tables = machines.map((machine) => dayTable(machine, day, samples));
    const layer: Layer = { ends: [], arcStart: [0], arcClass: [], arcTarget: [], arcCost: [] };
    const next: number[] = [];
    names.clear();
    for (let node = 0; node < width; node++) {
      const base = node * count;
      for (let kind = 0; kind < samples.length; kind++) {
        let key = 0;
        let cost = 0;
        for (let index = 0; index < count; index++) {
          const before = states[base + index] as number;
          const table = tables[index];
          let state: number;
          if (table === undefined) {
            const machine = machines[index] as Stepper;
            state = machine.step(before, day, samples[kind] as number);
            if (state >= 0) cost += machine.paid;
          } else {
            const at = before * samples.length + kind;
            state = table.next[at] as number;
            if (state >= 0) cost += table.paid[at] as number;
          }
          if (state < 0) {
            key = -1;
            break;
          }
          reached[index] = state;
          key += state * (radix[index] as number);
        }
        if (key < 0) continue;
        const known = names.size;
        const name = joined === undefined ? single.of(key) : joined.of(reached);
        if (name === undefined) return undefined;
        if (name === known) for (let index = 0; index < count; index++) next.push(reached[index] as number);
        layer.arcClass.push(kind);
        layer.arcTarget.push(name);
        layer.arcCost.push(cost);
      }
      layer.arcStart.push(layer.arcClass.length);
    }
    layers.push(layer);
    states = next;
    width = names.size;
    nodes += width;
    if (nodes > maxNodes) return undefined;
  }
  const ends = Array.from({ length: width }, (_, node) =>
    machines.reduce((cost, machine, index) => cost + machine.end(states[node * count + index] as number), 0),
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
  /** The node before with the same hash, if any. */
  const older: number[] = [];
  const isSame = (node: number, begin: number, length: number): boolean => {
    const start = arcStart[node] as number;
    if ((arcStart[node + 1] as number) - start !== length) return false;
    for (let step = 0; step < length; step++) {
      if (
        arcClass[start + step] !== arcClass[begin + step] ||
        arcTarget[start + step] !== arcTarget[begin + step] ||
        arcCost[start + step] !== arcCost[begin + step]
      )
        return false;
    }
    return true;
  };
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
    const known = new Map<number, number>();
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
      let same = known.get(hash) ?? -1;
      while (same >= 0 && !isSame(same, begin, length)) same = older[same] as number;
      if (same >= 0) {
        arcClass.length = begin;
        arcTarget.length = begin;
        arcCost.length = begin;
        mine.push(same);
        continue;
      }
      const name = arcStart.push(arcClass.length) - 2;
      older[name] = known.get(hash) ?? -1;
      known.set(hash, name);
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
