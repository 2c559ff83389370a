import { defaultModel, lineChart, standAlonePage } from '../../server/people/index.ts';
import type { Table } from './measure.ts';
import type { AtThreshold } from './threshold.ts';

/** A page that stands alone: precision and recall by threshold as a chart, with what it says, whence and when, and all tables. */
export function identityPage(points: readonly AtThreshold[], tables: readonly Table[], date: string): string {
  const low = Math.min(...points.flatMap(({ precision, recall }) => [precision, recall]));
  const chart = lineChart(
    'Precision and recall by threshold',
    [
      { name: 'precision', kind: 'first', points: points.map((at) => [at.weight, at.precision]) },
      { name: 'recall', kind: 'second', points: points.map((at) => [at.weight, at.recall]) },
    ],
    {
      x: 'threshold in bits',
      y: 'share',
      yLow: Math.max(0, low - 0.02),
      mark: { at: defaultModel.thresholds.link, label: 'used for links' },
    },
  );
  return standAlonePage('Who is who among made-up people', [
    `<p><strong>${escaped(headline(points))}</strong></p>`,
    chart,
    `<p>Source: the made-up people of <code>./openics generate</code>, and who they are in truth. ${escaped(date)}.</p>`,
    ...tables.map(html),
  ]);
}

function headline(points: readonly AtThreshold[]): string {
  const { link } = defaultModel.thresholds;
  const used = points.filter(({ weight }) => weight <= link).at(-1);
  if (used === undefined) return 'No pair reaches the threshold in use.';
  return `By likeness alone, ${percent(used.precision)} of what is joined at ${link} bits is right, and ${percent(used.recall)} is found. The rules beside it make it safer.`;
}

function html({ title, columns, rows }: Table): string {
  const row = (tag: string, cells: readonly (string | number)[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(shown(cell))}</${tag}>`).join('')}</tr>`;
  return `<h2>${escaped(title)}</h2><table><thead>${row('th', columns)}</thead><tbody>${rows
    .map((cells) => row('td', cells))
    .join('')}</tbody></table>`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

const shown = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en-GB', { maximumFractionDigits: 1 }) : cell;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
