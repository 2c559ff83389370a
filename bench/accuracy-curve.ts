import { lineChart, standAlonePage } from '../server/people/index.ts';

type At = { weight: number; precision: number; recall: number };

/** Precision and recall of one set of data by threshold: expected without labels, and found with them. */
export type Curve = { name: string; expected: At[]; actual: At[] };

/** A page with a chart for each set of data. */
export const curvePage = (curves: readonly Curve[]): string =>
  standAlonePage(
    'Precision and recall by threshold',
    curves.map(({ name, actual, expected }) => {
      const within = expected.filter(({ weight }) => weight >= -8 && weight <= 24);
      const values = [...actual, ...within].flatMap(({ precision, recall }) => [precision, recall]);
      const chart = lineChart(
        `${name}: precision and recall by threshold`,
        [
          { name: 'precision', kind: 'first', points: actual.map((at) => [at.weight, at.precision]) },
          { name: 'recall', kind: 'second', points: actual.map((at) => [at.weight, at.recall]) },
          {
            name: 'precision expected',
            kind: 'first faint',
            points: within.map((at) => [at.weight, at.precision]),
          },
          {
            name: 'recall expected',
            kind: 'second faint',
            points: within.map((at) => [at.weight, at.recall]),
          },
        ],
        {
          x: 'threshold in bits',
          y: 'share',
          yLow: Math.max(0, Math.min(...values) - 0.02),
          mark: { at: 0, label: 'used' },
        },
      );
      return `<h2>${name}</h2>${chart}`;
    }),
  );
