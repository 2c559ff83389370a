import { hardCover, type CoverModel } from './model.ts';

/** The costs of cover with hard shortages at a price of their own, so that a search can pass through them. */
export class SoftCover {
  readonly costs: Float64Array[];
  readonly #given: Float64Array[];
  readonly #hard: { row: number; units: Float64Array }[];

  constructor({ costs }: CoverModel) {
    this.#given = costs;
    this.#hard = costs.flatMap((list, row) => {
      const units = list.map((cost) => Math.floor(cost / hardCover));
      return units.some((each) => each > 0) ? [{ row, units }] : [];
    });
    this.costs = costs.slice();
    for (const { row } of this.#hard) this.costs[row] = (costs[row] as Float64Array).slice();
  }

  price(price: number): void {
    for (const { row, units } of this.#hard) {
      const given = this.#given[row] as Float64Array;
      const costs = this.costs[row] as Float64Array;
      for (let count = 0; count < costs.length; count++)
        costs[count] = (given[count] as number) - (units[count] as number) * (hardCover - price);
    }
  }
}
