import { numberWords } from '../words/numbers.ts';

/** Counts by name as level bars, each with its number. It is a list, so that it needs no other words. */
export function CountBars({
  label,
  counts,
}: {
  label: string;
  counts: { name: string; count: number; tone: number }[];
}) {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <ul className="count-bars" aria-label={label}>
      {counts.map(({ name, count, tone }) => (
        <li key={name} className="count-bars__row">
          <span className="count-bars__name">{name}</span>
          <svg className="count-bars__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <path className={`count-bars__tone--${tone}`} d={`M0,5h${Math.round((count / most) * 100)}`} />
          </svg>
          <span className="count-bars__count">{numberWords(count)}</span>
        </li>
      ))}
    </ul>
  );
}
