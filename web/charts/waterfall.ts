/** Lays out what adds up to a weight: each bar begins where the one before it ended. */
import type { Contribution, Evidence } from '../api/identity.ts';

export type Step = {
  what: string;
  how: string;
  weight: number;
  from: number;
  to: number;
  kind: 'start' | 'for' | 'against' | 'total';
};

export type Waterfall = { steps: Step[]; unknown: string[]; low: number; high: number };

/** Contributions that say nothing are only named. The strongest come first. */
export function waterfall({ prior, contributions, weight }: Evidence): Waterfall {
  const known = contributions
    .filter((each) => each.weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.comparison < b.comparison ? -1 : 1));
  let at = prior;
  const steps: Step[] = [
    { what: 'Before looking', how: 'any two records', weight: prior, from: 0, to: prior, kind: 'start' },
    ...known.map(({ comparison, level, weight: bits }: Contribution): Step => {
      const from = at;
      at += bits;
      return { what: comparison, how: level, weight: bits, from, to: at, kind: bits > 0 ? 'for' : 'against' };
    }),
    { what: 'All together', how: '', weight, from: 0, to: weight, kind: 'total' },
  ];
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  return {
    steps,
    unknown: contributions.filter((each) => each.weight === 0).map(({ comparison }) => comparison),
    low: Math.min(...ends),
    high: Math.max(...ends),
  };
}
