import type { Measure } from '../api/record.ts';
import { flagMarks } from '../words/record.ts';

/** The mark of an abnormal result: word, shape and colour together. */
export function ResultMark({ measure }: { measure: Measure | undefined }) {
  const flag = measure?.flag;
  if (flag === undefined || flag === 'normal') return null;
  const { words, sign, colour } = flagMarks[flag];
  return (
    <strong className={`nhsuk-tag nhsuk-tag--${colour}`}>
      <span aria-hidden="true">{sign}</span> {words}
    </strong>
  );
}
