const height = 32;

/** Messages by hour as small bars. The words beside it say the same, so it is hidden from screen readers. */
export function HourBars({ hours }: { hours: number[] }) {
  const most = Math.max(1, ...hours);
  const bars = hours.flatMap((count, index) =>
    count === 0 ? [] : [`M${index * 3 + 1},${height}v${-Math.max(2, Math.round((count / most) * height))}`],
  );
  return (
    <svg
      className="hour-bars"
      viewBox={`0 0 ${hours.length * 3} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      <path className="grid" d={`M0,${height - 0.5}h${hours.length * 3}`} />
      <path className="hour-bars__bar" d={bars.join('')} />
    </svg>
  );
}
