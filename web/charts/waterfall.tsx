import type { Evidence } from '../api/identity.ts';
import { Table } from '../components/table.tsx';
import { bitsWords, oddsWords, sentence } from '../words/identity.ts';
import { waterfall, type Step, type Waterfall } from './waterfall.ts';

const width = 300;
const height = 26;

const kindWords = { start: 'Start', for: 'For', against: 'Against', total: 'Sum' };

/** What speaks for and against, bar by bar. Each row says in words and numbers what its bar shows. */
export function WaterfallChart({
  evidence,
  link,
  caption,
}: {
  evidence: Evidence;
  link: number;
  caption: string;
}) {
  const drawn = waterfall(evidence);
  return (
    <figure className="waterfall">
      <p className="waterfall__headline">
        {oddsWords(evidence.weight)} ({bitsWords(evidence.weight)} bits). A link without a reviewer needs{' '}
        {bitsWords(link)}.
      </p>
      <Table
        caption={caption}
        rows={drawn.steps}
        rowKey={(step, index) => `${index} ${step.what}`}
        columns={[
          { heading: 'What', cell: (step) => sentence(step.what) },
          { heading: 'How it agrees', cell: (step) => sentence(step.how) },
          { heading: 'For or against', cell: (step) => kindWords[step.kind] },
          { heading: 'Bar', cell: (step) => <Bar step={step} drawn={drawn} link={link} /> },
          { heading: 'Bits', numeric: true, cell: (step) => bitsWords(step.weight) },
        ]}
      />
      <figcaption className="aside">
        Each bit doubles the odds. The dashed line is the weight at which records are linked without a
        reviewer.
        {drawn.unknown.length > 0 && ` Not known on both sides: ${drawn.unknown.join(', ')}.`}
      </figcaption>
    </figure>
  );
}

function Bar({ step, drawn, link }: { step: Step; drawn: Waterfall; link: number }) {
  const low = Math.min(drawn.low, 0);
  const high = Math.max(drawn.high, link) + 1;
  const x = (bits: number): number => Math.round(((bits - low) / (high - low)) * width * 10) / 10;
  const [from, to] = [x(Math.min(step.from, step.to)), x(Math.max(step.from, step.to))];
  return (
    <svg
      className={`waterfall__bar waterfall__bar--${step.kind}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path className="grid" d={`M${x(0)},0V${height}`} />
      <path className="threshold" d={`M${x(link)},0V${height}`} />
      <rect x={from} y={4} width={Math.max(1.5, to - from)} height={height - 8} />
    </svg>
  );
}
