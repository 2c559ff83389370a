import { levelWeight, pageParts, signed, twoSidedBars, type Model } from '../matching/index.ts';
import { expectsTooMany, type Trained } from './train.ts';

/** How far one level of a comparison would move. */
export type Change = { comparison: string; level: string; before: number; after: number };

/** Every level whose weight would move, the furthest first. Pure. */
export function changesBetween(from: Model, to: Model): Change[] {
  const weights = new Map(
    from.comparisons.flatMap(({ name, levels }) =>
      levels.map((level) => [`${name} ${level.label}`, levelWeight(level)] as const),
    ),
  );
  return to.comparisons
    .flatMap(({ name, levels }) =>
      levels
        .filter(({ isNull }) => isNull !== true)
        .map((level) => ({
          comparison: name,
          level: level.label,
          before: weights.get(`${name} ${level.label}`) ?? 0,
          after: levelWeight(level),
        })),
    )
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before));
}

const number = (value: number): string => Math.round(value).toLocaleString('en-GB');

/** What to say of a model that takes relatives for one person. */
export const warning =
  'Do not adopt it: it expects many more pairs of one person than are linked. It takes what people of one household share for signs of one person.';

/** A page that says what a trained model would change. It shows no record. */
export function trainingPage(trained: Trained): string {
  const { from, model, records, learnedFrom, training, linkedPairs, expectedPairs } = trained;
  const changes = changesBetween(from, model);
  const [most] = changes;
  const bars = changes.flatMap(({ comparison, level, before, after }) => [
    { label: `${comparison}: ${level}`, value: before, note: `${signed(before)} now` },
    { label: 'learned', value: after, note: signed(after) },
  ]);
  return pageParts.page('What the data would teach the matching model', [
    `<h2>${most === undefined ? 'Nothing would change.' : `&ldquo;${pageParts.escaped(most.comparison)}: ${pageParts.escaped(most.level)}&rdquo; would change most: from ${signed(most.before)} to ${signed(most.after)} bits.`}</h2>`,
    expectsTooMany(trained) ? `<p><strong>${warning}</strong></p>` : '',
    pageParts.table(
      ['What', 'Value'],
      [
        ['Model in use', from.version],
        ['Learned model', model.version],
        ['Records in the database', number(records)],
        ['Records it learned from', number(learnedFrom)],
        ['Random pairs', number(training.randomPairs)],
        ['Pairs of records linked to one person now', number(linkedPairs)],
        ['Pairs of one person it expects', number(expectedPairs)],
        ['Before looking', `${signed(from.prior)} bits now, ${signed(model.prior)} learned`],
      ],
    ),
    '<p>One bit more doubles the odds that two records are one person. Each level stands twice: as it weighs now, and as it would.</p>',
    twoSidedBars('Weights now and as learned', bars, 'against one person, for one person (bits)'),
    pageParts.table(
      ['Comparison', 'Level', 'Now', 'Learned', 'Change'],
      changes.map(({ comparison, level, before, after }) => [
        comparison,
        level,
        signed(before),
        signed(after),
        signed(after - before),
      ]),
    ),
    '<p>Source: the particulars of this database, compared with themselves. Adopt it only after a bench shows that it is not worse.</p>',
  ]);
}
