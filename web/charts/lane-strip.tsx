import type { Lane } from './lanes.ts';

export const stripWidth = 1000;
const stripHeight = 28;

/** The marks of one organisation along the years. The list below says the same in words. */
export function LaneStrip({ lane, grid }: { lane: Lane; grid: number[] }) {
  const { tick, square, dot } = lane.marks;
  return (
    <svg
      className="lane__strip"
      viewBox={`-8 0 ${stripWidth + 16} ${stripHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path className="grid" d={grid.map((x) => `M${x},0V${stripHeight}`).join('')} />
      <path className="mark mark--tick" d={tick.map((x) => `M${x},2V${stripHeight - 2}`).join('')} />
      <path className="mark mark--square" d={square.map((x) => `M${x},8h0`).join('')} />
      <path className="mark mark--dot" d={dot.map((x) => `M${x},20h0`).join('')} />
    </svg>
  );
}
