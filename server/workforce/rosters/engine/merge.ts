import type { Net } from './graph.ts';
import type { Layer, Unrolled } from './unroll.ts';

/** Drops what leads nowhere and joins nodes with the same future, from the last day back; undefined where nothing is left. */
export function merged({ layers, ends }: Unrolled, days: number): Net | undefined {
  const merge = new Merge(layers, ends.length);
  let names = merge.ends(ends);
  for (let day = days - 1; day >= 0; day--) names = merge.layer(layers[day] as Layer, names);
  const root = names[0] as number;
  return root < 0 ? undefined : merge.net(root);
}

class Merge {
  readonly #layerStart = [0];
  readonly #endCost: number[] = [];
  readonly #arcStart: Int32Array;
  readonly #arcClass: Uint8Array;
  readonly #arcTarget: Int32Array;
  readonly #arcCost: Float64Array;
  #nodes = 0;
  #arcs = 0;

  constructor(layers: Layer[], ends: number) {
    const most = layers.reduce((sum, { kinds }) => sum + kinds.length, 0);
    const nodes = layers.reduce((sum, { start }) => sum + start.length - 1, ends);
    this.#arcStart = new Int32Array(nodes + 1);
    this.#arcClass = new Uint8Array(most);
    this.#arcTarget = new Int32Array(most);
    this.#arcCost = new Float64Array(most);
  }

  /** The node of each end, -1 where it must not be reached. */
  ends(costs: Float64Array): Int32Array {
    const known = new Map<number, number>();
    const names = Int32Array.from(costs, (cost) => {
      if (cost === Infinity) return -1;
      const found = known.get(cost) ?? this.#endCost.push(cost) - 1;
      known.set(cost, found);
      return found;
    });
    this.#nodes = this.#endCost.length;
    this.#layerStart.push(this.#nodes);
    return names;
  }

  /** The node of each place before a day, given those behind it; -1 where no way goes on. */
  layer({ start, kinds, targets, costs }: Layer, behind: Int32Array): Int32Array {
    const count = start.length - 1;
    const names = new Int32Array(count);
    const shelf = new Int32Array(shelfSize(count)).fill(-1);
    for (let place = 0; place < count; place++) {
      const begin = this.#arcs;
      let hash = 17;
      for (let arc = start[place] as number; arc < (start[place + 1] as number); arc++) {
        const target = behind[targets[arc] as number] as number;
        if (target < 0) continue;
        const [kind, cost] = [kinds[arc] as number, costs[arc] as number];
        this.#arcClass[this.#arcs] = kind;
        this.#arcTarget[this.#arcs] = target;
        this.#arcCost[this.#arcs] = cost;
        this.#arcs += 1;
        hash = (Math.imul(hash, 31) + kind) | 0;
        hash = (Math.imul(hash ^ target, 0x9e3779b1) + Math.round(cost * 16)) | 0;
        hash ^= hash >>> 15;
      }
      names[place] = this.#arcs === begin ? -1 : this.#node(shelf, hash, begin);
    }
    this.#layerStart.push(this.#nodes);
    return names;
  }

  /** The node of the arcs from `begin` on: one that is known, whose arcs then stay alone, or a new one. */
  #node(shelf: Int32Array, hash: number, begin: number): number {
    const last = shelf.length - 1;
    let place = hash & last;
    for (; shelf[place] !== -1; place = (place + 1) & last) {
      const node = shelf[place] as number;
      if (!this.#isSame(node, begin)) continue;
      this.#arcs = begin;
      return node;
    }
    shelf[place] = this.#nodes;
    this.#arcStart[this.#nodes] = begin;
    this.#nodes += 1;
    this.#arcStart[this.#nodes] = this.#arcs;
    return this.#nodes - 1;
  }

  #isSame(node: number, begin: number): boolean {
    const start = this.#arcStart[node] as number;
    const length = (this.#arcStart[node + 1] as number) - start;
    if (length !== this.#arcs - begin) return false;
    for (let step = 0; step < length; step++) {
      if (
        this.#arcTarget[start + step] !== this.#arcTarget[begin + step] ||
        this.#arcClass[start + step] !== this.#arcClass[begin + step] ||
        this.#arcCost[start + step] !== this.#arcCost[begin + step]
      )
        return false;
    }
    return true;
  }

  net(root: number): Net {
    return {
      layerStart: Int32Array.from(this.#layerStart),
      arcStart: this.#arcStart.slice(0, this.#nodes + 1),
      arcClass: this.#arcClass.slice(0, this.#arcs),
      arcTarget: this.#arcTarget.slice(0, this.#arcs),
      arcCost: this.#arcCost.slice(0, this.#arcs),
      endCost: Float64Array.from(this.#endCost),
      root,
    };
  }
}

/** A power of two, at least twice as large as `count`. */
function shelfSize(count: number): number {
  let size = 4;
  while (size < 2 * count) size *= 2;
  return size;
}
