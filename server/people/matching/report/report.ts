import { bitsOf, type Linkage } from '../batch/link.ts';
import { idOf, recordReader } from '../batch/table.ts';
import { forEachVerdict, type PairVerdict } from '../batch/verdicts.ts';
import { comparedColumns, type Written } from '../files/write.ts';
import { levelWeight } from '../model/weights.ts';
import { expectedByThreshold } from './expected.ts';
import { page, privateNote, table, type Cell } from './page.ts';
import { escaped, lines, signed, twoSidedBars, waterfall } from './svg.ts';

/** A page that says what was linked, why, and how sure it is. It shows records, so it is as private as the files. */
export function reportOf(linkage: Linkage, written: Written): string {
  const shown = comparedColumns(linkage);
  return page('Records of the same person', [
    privateNote,
    summary(linkage, written),
    thresholdPart(linkage),
    weightsPart(linkage, shown),
    examplesPart(linkage, shown),
    termsPart(linkage),
    blockingPart(linkage),
  ]);
}

const number = (value: number): string => Math.round(value).toLocaleString('en-GB');

function summary(
  { plans, table: rows, clustering, training, threshold, guards }: Linkage,
  written: Written,
): string {
  const people =
    rows.count - [...clustering.members.values()].reduce((sum, members) => sum + members.length - 1, 0);
  const facts: Cell[][] = [
    ['Files', plans.map(({ name }) => name).join(' and ')],
    ['Records', number(rows.count)],
    ['People found', number(people)],
    ['Pairs linked', number(written.links)],
    ['Pairs for people to look at', number(written.reviews)],
    ['Linked from a chance of', `${(threshold * 100).toFixed(3)}%`],
    ['Guards for twins and the like', guards ? 'on' : 'off'],
    ...(training === undefined
      ? []
      : [['Pairs of one person it expects in all', number(training.expectedMatches)] as Cell[]]),
  ];
  return `<h2>In short</h2>${table(['What', 'Value'], facts)}
<p>Nobody told the program which records belong together. It learned from the files how often each column agrees for one person and for two people.</p>`;
}

function thresholdPart(linkage: Linkage): string {
  const points = expectedByThreshold(linkage);
  if (points.length < 2) return '';
  const chart = lines(
    'Expected precision and recall by threshold',
    [
      {
        name: 'right among linked',
        kind: 'first',
        points: points.map((each) => [each.weight, each.precision]),
      },
      { name: 'found of all', kind: 'second', points: points.map((each) => [each.weight, each.recall]) },
    ],
    {
      x: 'threshold in bits',
      y: 'share',
      yLow: Math.max(0, Math.min(...points.flatMap((each) => [each.precision, each.recall])) - 0.02),
      mark: { at: bitsOf(linkage.threshold) / 1024, label: 'used' },
    },
  );
  const rows = points
    .filter((each) => Number.isInteger(each.weight) && each.weight % 2 === 0)
    .map((each) => [signed(each.weight), number(each.links), percent(each.precision), percent(each.recall)]);
  return `<h2>Where to draw the line</h2><p>A higher threshold links fewer pairs, and fewer wrongly. These shares are the model's own estimate, pair by pair, before groups are made.</p>${chart}${table(['Threshold (bits)', 'Pairs linked', 'Right among linked', 'Found of all'], rows)}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

function weightsPart({ model }: Linkage, shown: readonly number[]): string {
  const bars = shown.flatMap((comparison) => {
    const { name, levels } = model.comparisons[comparison]!;
    return levels
      .filter(({ isNull }) => !isNull)
      .map((level) => ({
        label: `${name}: ${level.label}`,
        value: levelWeight(level),
        note: signed(levelWeight(level)),
      }));
  });
  const rows = shown.flatMap((comparison) => {
    const { name, levels } = model.comparisons[comparison]!;
    return levels
      .filter(({ isNull }) => !isNull)
      .map((level) => [name, level.label, share(level.m), share(level.u), signed(levelWeight(level))]);
  });
  return `<h2>What each agreement is worth</h2><p>One bit more doubles the odds that two records are one person. Bars to the right speak for it, bars to the left against.</p>${twoSidedBars('Weight of each level', bars, 'against one person, for one person (bits)')}<details><summary>As a table</summary>${table(['Comparison', 'Level', 'In one person', 'In two people', 'Weight'], rows)}</details>`;
}

const share = (value: number | undefined): string => (value === undefined ? '' : value.toPrecision(3));

/** Three pairs that tell most: the surest, the one nearest the line on each side. */
function examplesPart(linkage: Linkage, shown: readonly number[]): string {
  const line = bitsOf(linkage.threshold);
  const best: { [which: string]: PairVerdict } = {};
  const offer = (which: string, pair: PairVerdict, isBetter: (other: PairVerdict) => boolean): void => {
    const other = best[which];
    if (other === undefined || isBetter(other)) best[which] = pair;
  };
  forEachVerdict(linkage, (pair) => {
    if (pair.verdict === 'link') {
      offer('The surest link', pair, (other) => pair.weight > other.weight);
      if (pair.weight >= line)
        offer('The link nearest the line', pair, (other) => pair.weight < other.weight);
      else offer('Linked through others, not by itself', pair, (other) => pair.weight < other.weight);
    } else if (pair.reason === 'a veto stands against it') {
      offer('Kept apart by a veto', pair, (other) => pair.weight > other.weight);
    } else offer('The strongest pair not linked', pair, (other) => pair.weight > other.weight);
  });
  const parts = Object.entries(best).map(([title, pair]) => example(linkage, shown, title, pair));
  return parts.length === 0 ? '' : `<h2>Some pairs, step by step</h2>${parts.join('')}`;
}

function example(
  linkage: Linkage,
  shown: readonly number[],
  title: string,
  { i, j, weight }: PairVerdict,
): string {
  const { model, scorer, table: rows } = linkage;
  const steps = [
    { label: 'before looking', value: model.prior },
    ...shown.flatMap((comparison) => {
      const { name, levels } = model.comparisons[comparison]!;
      const level = levels[scorer.level(comparison, i, j)]!;
      if (level.isNull === true) return [];
      return [{ label: `${name}: ${level.label}`, value: scorer.part(comparison, i, j) / 1024 }];
    }),
  ];
  const read = recordReader(rows);
  const [a, b] = [read(i), read(j)] as { [field: string]: string | string[] | undefined }[];
  const fields = [...new Set([...Object.keys(a!), ...Object.keys(b!)])].filter(
    (field) =>
      !['original', 'givenRoot', 'familySound', 'emailUser', 'birthYear', 'birthMonth', 'birthDay'].includes(
        field,
      ),
  );
  const cells = fields.map((field) => [field, valueOf(a![field]), valueOf(b![field])]);
  const heading = `${title}: ${signed(weight / 1024)} bits`;
  return `<h3>${escaped(heading)}</h3>${waterfall(heading, steps)}<details><summary>The two records</summary>${table(['Field', idOf(rows, i), idOf(rows, j)], cells)}</details>`;
}

const valueOf = (value: string | string[] | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : value.join(', ');

const fieldNames: { readonly [field: string]: string } = {
  givenRoot: 'Given name, with its short forms',
  family: 'Family name',
  birthDate: 'Date of birth',
  postcode: 'Postcode',
  place: 'Place',
  occupation: 'Occupation',
};

function termsPart({ model }: Linkage): string {
  const parts = Object.entries(model.termFrequencies).map(([field, values]) => {
    const commonest = Object.entries(values)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10);
    if (commonest.length === 0) return '';
    const bars = commonest.map(([value, often]) => ({
      label: value,
      value: often * 100,
      note: `${(often * 100).toFixed(2)}%`,
    }));
    const name = fieldNames[field] ?? field;
    return `<h3>${escaped(name)}</h3>${twoSidedBars(`Commonest values of ${name}`, bars, 'share of records (%)')}`;
  });
  return `<h2>Common values count for less</h2><p>Two records that share a rare name are more likely one person than two that share a common one. The commonest values of each column:</p>${parts.join('')}`;
}

function blockingPart({ blocks, training }: Linkage): string {
  const matches = new Map(training?.rules.map((rule) => [rule.rule, rule.matches]));
  const rows = blocks.rules.map(({ rule, pairs, dropped }) => [
    rule,
    number(pairs),
    matches.has(rule) ? number(matches.get(rule)!) : '',
    number(dropped),
  ]);
  return `<h2>Which records were compared</h2><p>Only records that share one of these keys are compared. Where a key was too common even with more columns added, its records were left to the other keys.</p>${table(['Key', 'Pairs', 'Of one person, as learned', 'Records left to other keys'], rows)}`;
}
