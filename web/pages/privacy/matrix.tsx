import type { WhoCouldSee } from '../../api/privacy.ts';
import { effectWords, plain } from '../../words/privacy.ts';

const cell = 18;
const rowHeight = 36;
const headHeight = 130;

/** Who sees what as a picture: full squares are open, rings by breaking the glass, dots closed. The table beside it says the same. */
export function Matrix({ lines, columns }: Pick<WhoCouldSee, 'lines' | 'columns'>) {
  const width = columns.length * cell + 70;
  const height = headHeight + lines.length * rowHeight + 6;
  return (
    <figure className="matrix">
      <div className="matrix__scroll" tabIndex={0} role="group" aria-label="Picture of who sees what">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
          {columns.map(({ name, kind }, at) => (
            <text
              key={name}
              className={`matrix__head matrix__head--${kind}`}
              transform={`translate(${at * cell + 13} ${headHeight - 6}) rotate(-60)`}
            >
              {plain(name)}
            </text>
          ))}
          {lines.map((line, row) => (
            <g
              key={`${line.organisation} ${line.role} ${row}`}
              transform={`translate(0 ${headHeight + row * rowHeight})`}
            >
              <text className="matrix__name" x={2} y={13}>
                {short(`${line.organisation}: ${line.role}`)} ({line.users})
              </text>
              {line.effects.map((effect, at) => (
                <Mark key={columns[at]!.name} effect={effect} x={at * cell} />
              ))}
            </g>
          ))}
        </svg>
      </div>
      <figcaption className="nhsuk-body-s">
        Full square: {effectWords.permit}. Ring: {effectWords['break-glass']}. Dot: {effectWords.deny}. In
        brackets: users.
      </figcaption>
    </figure>
  );
}

function Mark({ effect, x }: { effect: WhoCouldSee['lines'][number]['effects'][number]; x: number }) {
  if (effect === 'permit') return <rect className="matrix__open" x={x + 2} y={19} width={14} height={14} />;
  if (effect === 'break-glass') return <circle className="matrix__glass" cx={x + 9} cy={26} r={5.5} />;
  return <circle className="matrix__closed" cx={x + 9} cy={26} r={1.5} />;
}

const longest = 72;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
