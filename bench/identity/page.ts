import { defaultModel, lineChart, standAlonePage } from '../../server/people/index.ts';
import type { Table } from './measure.ts';
import type { AtThreshold } from './threshold.ts';

/** A page that stands alone: precision and recall by threshold as a chart, and all tables. */
export function identityPage(points: readonly AtThreshold[], tables: readonly Table[]): string {
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
  return standAlonePage('Who is who among made-up people', [chart, ...tables.map(html)]);
}

function html({ title, columns, rows }: Table): string {
  const row = (tag: string, cells: readonly (string | number)[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(shown(cell))}</${tag}>`).join('')}</tr>`;
  return `<h2>${escaped(title)}</h2><table><thead>${row('th', columns)}</thead><tbody>${rows
    .map((cells) => row('td', cells))
    .join('')}</tbody></table>`;
}

const shown = (cell: string | number): string =>
  typeof cell === 'number' ? cell.toLocaleString('en-GB', { maximumFractionDigits: 1 }) : cell;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
