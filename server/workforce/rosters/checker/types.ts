/**
 * Something a solution may never do, told for people. `day` counts from 0; a breach of cover names no person.
 */
export type Breach = { rule: string; person?: string; day?: number; text: string };

/** What a roster costs, in all and by part. Lower is better. */
export type Score = { total: number; parts: Record<string, number> };

/** What the checker found: a roster is legal when it has no hard breach. */
export type Verdict = {
  format: 'curtois' | 'inrc1' | 'inrc2' | 'openics';
  people: number;
  days: number;
  breaches: Breach[];
  score: Score;
};

/** Rid of what adding fractions leaves behind. */
const exact = (cost: number): number => Math.round(cost * 1e6) / 1e6;

/** Counts costs by part. */
export class Tally {
  readonly parts: Record<string, number>;

  constructor(names: readonly string[]) {
    this.parts = Object.fromEntries(names.map((name) => [name, 0]));
  }

  add(part: string, cost: number): void {
    this.parts[part] = (this.parts[part] ?? 0) + cost;
  }

  score(): Score {
    const parts = Object.fromEntries(Object.entries(this.parts).map(([part, cost]) => [part, exact(cost)]));
    return { total: exact(Object.values(parts).reduce((sum, cost) => sum + cost, 0)), parts };
  }
}
