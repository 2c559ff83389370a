import { dateWords } from '../words/dates.ts';
import { plot, type Line } from './trend.ts';

const width = 600;
const height = 220;
const labelWidth = 56;

/** A line chart with a scale and its dates. The values stand in the table beside it. */
export function LineChart({ lines, label }: { lines: Line[]; label: string }) {
  const drawn = plot(lines, width, height);
  if (drawn === undefined) return null;
  return (
    <figure className="chart">
      {lines.length > 1 && (
        <ul className="chart__legend">
          {lines.map((line, index) => (
            <li key={line.title} className={`legend legend--${index % 2}`}>
              {line.title}
            </li>
          ))}
        </ul>
      )}
      <div className="chart__plot">
        <svg className="chart__scale" width={labelWidth} height={height + 20} aria-hidden="true">
          {drawn.ticks.map((tick) => (
            <text key={tick.value} x={labelWidth - 8} y={tick.y + 15} textAnchor="end">
              {tick.value}
            </text>
          ))}
        </svg>
        <svg
          className="chart__lines"
          viewBox={`-6 -10 ${width + 12} ${height + 20}`}
          height={height + 20}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          {drawn.ticks.map((tick) => (
            <path key={tick.value} className="grid" d={`M0,${tick.y}H${width}`} />
          ))}
          {drawn.lines.map((line, index) => (
            <g key={line.title} className={`line line--${index % 2}`}>
              <polyline points={line.points.map((point) => point.join(',')).join(' ')} />
              <path className="dot" d={line.points.map((point) => `M${point.join(',')}h0`).join('')} />
            </g>
          ))}
        </svg>
      </div>
      <p className="chart__dates" aria-hidden="true">
        <span>{dateWords(new Date(drawn.from).toISOString())}</span>
        {drawn.from !== drawn.to && <span>{dateWords(new Date(drawn.to).toISOString())}</span>}
      </p>
    </figure>
  );
}
