/** Text made safe to stand in HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export type Bar = { label: string; value: number; note: string };

const rowHeight = 22;
const labelWidth = 330;
const plotWidth = 420;

/** Bars left and right of a line: what speaks for one person, and what against. Colour and side say the same. */
export function twoSidedBars(title: string, bars: readonly Bar[], unit: string): string {
  const most = Math.max(1e-6, ...bars.map(({ value }) => Math.abs(value)));
  const isTwoSided = bars.some(({ value }) => value < 0);
  const zero = isTwoSided ? labelWidth + plotWidth / 2 : labelWidth;
  const scale = (isTwoSided ? plotWidth / 2 : plotWidth) / most;
  const rows = bars.map(({ label, value, note }, index) => {
    const y = index * rowHeight + 4;
    const width = Math.abs(value) * scale;
    const x = value < 0 ? zero - width : zero;
    return `<text x="${labelWidth - 8}" y="${y + 13}" text-anchor="end">${escaped(label)}</text><rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, width).toFixed(1)}" height="16" class="${value < 0 ? 'against' : 'for'}"/><text x="${(value < 0 ? x - 4 : x + width + 4).toFixed(1)}" y="${y + 13}" text-anchor="${value < 0 ? 'end' : 'start'}" class="small">${escaped(note)}</text>`;
  });
  const height = bars.length * rowHeight + 30;
  const axis = `<line x1="${zero}" y1="0" x2="${zero}" y2="${height - 26}" class="axis"/><text x="${zero}" y="${height - 8}" text-anchor="${isTwoSided ? 'middle' : 'start'}" class="small">${escaped(unit)}</text>`;
  return figure(title, labelWidth + plotWidth + 80, height, rows.join('') + axis);
}

export type Step = { label: string; value: number };

/** A waterfall: each step goes on where the one before ended, and the last bar is the sum. */
export function waterfall(title: string, steps: readonly Step[]): string {
  const ends: number[] = [0];
  for (const { value } of steps) ends.push(ends.at(-1)! + value);
  const [low, high] = [Math.min(...ends), Math.max(...ends, 1)];
  const scale = plotWidth / (high - low);
  const xOf = (value: number): number => labelWidth + (value - low) * scale;
  const all = [
    ...steps.map((step, index) => ({ ...step, from: ends[index]! })),
    { label: 'together', value: ends.at(-1)!, from: 0 },
  ];
  const rows = all.map(({ label, value, from }, index) => {
    const y = index * rowHeight + 4;
    const [left, right] = [Math.min(xOf(from), xOf(from + value)), Math.max(xOf(from), xOf(from + value))];
    const kind = index === all.length - 1 ? 'total' : value < 0 ? 'against' : 'for';
    return `<text x="${labelWidth - 8}" y="${y + 13}" text-anchor="end">${escaped(label)}</text><rect x="${left.toFixed(1)}" y="${y}" width="${Math.max(1, right - left).toFixed(1)}" height="16" class="${kind}"/><text x="${(right + 4).toFixed(1)}" y="${y + 13}" class="small">${signed(value)}</text>`;
  });
  const height = all.length * rowHeight + 12;
  const zero = `<line x1="${xOf(0).toFixed(1)}" y1="0" x2="${xOf(0).toFixed(1)}" y2="${height - 8}" class="axis"/>`;
  return figure(title, labelWidth + plotWidth + 80, height, rows.join('') + zero);
}

export const signed = (value: number): string => `${value > 0 ? '+' : ''}${value.toFixed(1)}`;

export type Line = { name: string; kind: string; points: readonly (readonly [x: number, y: number])[] };

/** Lines over a common axis; y runs from `yLow` to 1. */
export function lines(
  title: string,
  series: readonly Line[],
  axis: { x: string; y: string; yLow: number; mark?: { at: number; label: string } },
): string {
  const [left, top, width, height] = [60, 16, 560, 240];
  const xs = series.flatMap(({ points }) => points.map(([x]) => x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const xOf = (x: number): number => left + ((x - low) / Math.max(1e-9, high - low)) * width;
  const yOf = (y: number): number => top + ((1 - Math.max(y, axis.yLow)) / (1 - axis.yLow)) * height;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const y = axis.yLow + part * (1 - axis.yLow);
    return `<line x1="${left}" x2="${left + width}" y1="${yOf(y)}" y2="${yOf(y)}" class="grid"/><text x="${left - 6}" y="${yOf(y) + 4}" text-anchor="end" class="small">${(y * 100).toFixed(1)}%</text>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const x = low + part * (high - low);
    return `<text x="${xOf(x)}" y="${top + height + 18}" text-anchor="middle" class="small">${x.toFixed(0)}</text>`;
  });
  const drawn = series.map(({ name, kind, points }, index) => {
    const path = points
      .map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`)
      .join('');
    return `<path d="${path}" class="line ${kind}"/><text x="${left + 8 + index * 150}" y="${top + height + 54}" class="${kind.split(' ')[0]}-text">${escaped(name)}</text>`;
  });
  const mark =
    axis.mark === undefined
      ? ''
      : `<line x1="${xOf(axis.mark.at)}" x2="${xOf(axis.mark.at)}" y1="${top}" y2="${top + height}" class="mark"/><text x="${xOf(axis.mark.at) + 5}" y="${top + height - 6}" class="small">${escaped(axis.mark.label)}</text>`;
  const names = `<text x="${left + width}" y="${top + height + 36}" text-anchor="end" class="small">${escaped(axis.x)}</text>`;
  return figure(
    title,
    left + width + 40,
    top + height + 64,
    [...grid, ...ticks, ...drawn, mark, names].join(''),
  );
}

const figure = (title: string, width: number, height: number, inner: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="${escaped(title)}">${inner}</svg>`;
