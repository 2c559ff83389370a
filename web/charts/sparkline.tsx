import type { Entry } from '../api/record.ts';
import { linesOf, plot } from './trend.ts';

const width = 120;
const height = 32;

/** A small trend line. It adds nothing to the words beside it, so it is hidden from screen readers. */
export function Sparkline({ entries }: { entries: Entry[] }) {
  const drawn = plot(linesOf(entries), width, height);
  if (drawn === undefined || drawn.lines.every((line) => line.points.length < 2)) return null;
  return (
    <svg
      className="sparkline"
      viewBox={`-4 -4 ${width + 8} ${height + 8}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {drawn.lines.map((line, index) => (
        <g key={line.title} className={`line line--${index % 2}`}>
          <polyline points={line.points.map((point) => point.join(',')).join(' ')} />
          <path className="dot" d={`M${line.points.at(-1)?.join(',')}h0`} />
        </g>
      ))}
    </svg>
  );
}
