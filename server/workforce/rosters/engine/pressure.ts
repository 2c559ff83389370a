import { hardCover, type Model } from './model.ts';

/**
 * What one more person in a row of cover is worth, learnt from how often the row has too few or too many while annealing: the
 * free energies of the problem with one more and one fewer wanted (Zwanzig 1954) lie on both sides of the price.
 */
export class Pressure {
  readonly #model: Model;
  readonly #under: Float64Array;
  readonly #over: Float64Array;
  #times = 0;
  #heat = 0;

  constructor(model: Model) {
    this.#model = model;
    this.#under = new Float64Array(model.cover.rows.length);
    this.#over = new Float64Array(model.cover.rows.length);
  }

  /** Takes note of the counts that stand at a temperature. */
  note(counts: Int32Array, heat: number): void {
    const { rows } = this.#model.cover;
    this.#times += 1;
    this.#heat += heat;
    for (let row = 0; row < rows.length; row++) {
      const { wanted } = rows[row] as Model['cover']['rows'][number];
      const count = counts[row] as number;
      if (count < wanted) this.#under[row] = (this.#under[row] as number) + 1;
      else if (count > wanted) this.#over[row] = (this.#over[row] as number) + 1;
    }
  }

  /** The price of each row of cover; nothing before anything was noted. */
  prices(): Float64Array | undefined {
    if (this.#times === 0) return undefined;
    const heat = this.#heat / this.#times;
    return Float64Array.from(this.#model.cover.rows, ({ wanted }, row) => {
      const costs = this.#model.cover.costs[row] as Float64Array;
      const lack = wanted > 0 ? (costs[wanted - 1] as number) - (costs[wanted] as number) : 0;
      const excess = (costs[wanted + 1] as number) - (costs[wanted] as number);
      if (Math.max(lack, excess) >= hardCover) return 0;
      const few = ((this.#under[row] as number) + 0.5) / (this.#times + 1);
      const many = ((this.#over[row] as number) + 0.5) / (this.#times + 1);
      const up = Math.min(lack, -heat * Math.log(many));
      const down = Math.max(-excess, lack + heat * Math.log(few));
      return Math.max(-excess, Math.min(lack, (up + down) / 2));
    });
  }
}
