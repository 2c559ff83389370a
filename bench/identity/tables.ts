import type { Group, Measures, Table } from './measure.ts';
import type { AtThreshold } from './threshold.ts';

/** A group with fewer true pairs says too little for its share to be held against another's. */
export const enoughPairs = 1_000;

const percent = (part: number, whole: number, digits = 2): string =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(digits)}%`;

const verdict = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');

/** What was asked for and what was found. Goals: issue of identity, our generator. */
export function goalRows(found: Measures): (string | number)[][] {
  const { automatic, truePairs, reviewed, questions, records, sealed } = found;
  const precision = automatic.right / automatic.found;
  const recall = reviewed / truePairs;
  const gap = Math.max(
    0,
    ...[...found.groups].filter(([name]) => name !== 'scenario').map(([, groups]) => gapOf(groups) ?? 0),
  );
  return [
    [
      'precision of automatic links',
      `${percent(automatic.right, automatic.found, 4)} (${automatic.found - automatic.right} of ${automatic.found.toLocaleString('en-GB')} pairs wrong)`,
      'at least 99.99%',
      verdict(precision >= 0.9999),
    ],
    ['recall of automatic links', percent(automatic.right, truePairs), '', ''],
    [
      'recall with what waits for review',
      `${percent(reviewed, truePairs)} (${truePairs - reviewed} of ${truePairs.toLocaleString('en-GB')} pairs missed)`,
      'at least 99%',
      verdict(recall >= 0.99),
    ],
    [
      'questions for reviewers, of records',
      `${percent(questions, records)} (${questions}; ${found.fruitful} join two records)`,
      'at most 1%',
      verdict(questions / records <= 0.01),
    ],
    [
      'largest gap in recall between two groups',
      `${(100 * gap).toFixed(2)} points`,
      'at most 1 point',
      verdict(gap <= 0.01),
    ],
    ['sealed identities joined by the program', sealed.joined, '0', verdict(sealed.joined === 0)],
  ];
}

const recallOf = ({ found, pairs }: Group): number => found / pairs;

/** The largest difference in recall between two groups that have pairs enough; undefined where there are no two. */
export function gapOf(groups: readonly Group[]): number | undefined {
  const shares = groups.filter(({ pairs }) => pairs >= enoughPairs).map(recallOf);
  return shares.length < 2 ? undefined : Math.max(...shares) - Math.min(...shares);
}

function gapWords(groups: readonly Group[]): string {
  const gap = gapOf(groups);
  return gap === undefined ? 'too few pairs to tell a gap' : `gap ${(100 * gap).toFixed(2)} points`;
}

/** Recall of each group, the worst first. */
export function biasTables({ groups }: Pick<Measures, 'groups'>): Table[] {
  return [...groups].map(([name, each]) => ({
    title: `Recall by ${name}: ${gapWords(each)}`,
    columns: [name, 'true pairs', 'recall with review', 'recall of automatic links', 'counts for the gap'],
    rows: each
      .toSorted((a, b) => recallOf(a) - recallOf(b))
      .map((group) => [
        group.name,
        group.pairs,
        percent(group.found, group.pairs),
        percent(group.automatic, group.pairs),
        group.pairs >= enoughPairs ? 'yes' : `no, fewer than ${enoughPairs}`,
      ]),
  }));
}

export const thresholdTable = (points: readonly AtThreshold[]): Table => ({
  title: 'Precision and recall by threshold',
  columns: ['bits', 'precision', 'recall'],
  rows: points
    .filter(({ weight }) => weight % 5 === 0 || weight === 17)
    .map(({ weight, precision, recall }) => [weight, percent(precision, 1, 4), percent(recall, 1)]),
});
