import type { Highs } from 'highs';
import { endless, simplexEffort, type Column } from './master.ts';
import { hardCover, type Model } from './model.ts';

export type ChooseLimits = {
  maxNodes: number;
  /** Nothing that costs this or more is of use. */
  cutoff: number;
  isOver: () => boolean;
  secondsLeft: number;
  /** The programme ends once it has taken so much effort. */
  mostEffort?: number;
};

export type Chosen = {
  /** One column for each person, in the order of `places`; nothing where none better was found. */
  columns: Column[] | undefined;
  /** No choice among these columns costs less. */
  bound: number;
  isProven: boolean;
  effort: number;
};

type MipEvent = { data?: { mip_total_lp_iterations?: bigint }; interrupt?: () => void };

/** The best choice of one column for each of `places` beside fixed counts of cover: a whole-number programme. */
export function choose(
  highs: Highs,
  model: Model,
  places: number[],
  columns: Column[],
  fixed: Int32Array | undefined,
  limits: ChooseLimits,
): Chosen {
  const rowOf = new Map(places.map((place, row) => [place, row]));
  const starts: number[] = [];
  const indices: number[] = [];
  const values: number[] = [];
  const cost: number[] = [];
  const upper: number[] = [];
  for (const column of columns) {
    starts.push(indices.length);
    indices.push(rowOf.get(column.person) ?? 0);
    values.push(1);
    column.rows.forEach((row, index) => {
      indices.push(places.length + row);
      values.push(column.counts[index] ?? 0);
    });
    cost.push(column.cost);
    upper.push(1);
  }
  const { mostEffort = Infinity } = limits;
  const wanted = places.map(() => 1);
  model.cover.rows.forEach((row, index) => {
    wanted.push(row.wanted - (fixed?.[index] ?? 0));
    for (const [steps, sign] of [
      [row.under, 1],
      [row.over, -1],
    ] as const) {
      for (const step of endless(steps)) {
        starts.push(indices.length);
        indices.push(places.length + index);
        values.push(sign);
        cost.push(Math.min(step.weight, hardCover));
        upper.push(Number.isFinite(step.count) ? step.count : highs.infinity);
      }
    }
  });
  const lp = highs.createModel({
    numCols: cost.length,
    numRows: wanted.length,
    colCost: cost,
    colLower: cost.map(() => 0),
    colUpper: upper,
    rowLower: wanted,
    rowUpper: wanted,
    matrix: {
      format: 'csc',
      numRows: wanted.length,
      numCols: cost.length,
      starts: [...starts, indices.length],
      indices,
      values,
    },
    integrality: Int32Array.from(cost, (_, index) => (index < columns.length ? 1 : 0)),
  });
  try {
    lp.options.set({
      output_flag: false,
      time_limit: Math.max(0.05, limits.secondsLeft),
      mip_max_nodes: limits.maxNodes,
      objective_bound: limits.cutoff - 1e-4,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-4,
    });
    lp.run({
      [highs.constants.callbackType.mipInterrupt](event: MipEvent) {
        const spent = simplexEffort(Number(event.data?.mip_total_lp_iterations ?? 0), cost.length);
        if (limits.isOver() || spent > mostEffort) event.interrupt?.();
      },
    });
    const status = lp.getModelStatus();
    const isProven =
      status === highs.constants.modelStatus.optimal || status === highs.constants.modelStatus.infeasible;
    const bound = isProven ? Math.min(limits.cutoff, lp.getObjectiveValue()) : lp.info.get('mip_dual_bound');
    const effort = simplexEffort(Number(lp.info.get('simplex_iteration_count') ?? 0), cost.length);
    const { colValue } = lp.getSolution();
    const chosen = columns.filter((_, index) => (colValue[index] ?? 0) > 0.5);
    const isWhole =
      chosen.length === places.length && new Set(chosen.map(({ person }) => person)).size === places.length;
    if (!isWhole) return { columns: undefined, bound: Number(bound), isProven, effort };
    return {
      columns: places.map((place) => chosen.find(({ person }) => person === place) as Column),
      bound: Number(bound),
      isProven,
      effort,
    };
  } finally {
    lp.dispose();
  }
}
