/** Results in words. Pure. */
import type { Entry, Measure } from '../api/record.ts';

const mostDigits = 7;
const keptDigits = 4;

/**
 * A result fit for reading. No test measures to eight digits: such numbers come from calculators and are shortened to
 * four. The exact digits stay one link away, where each source's own words are shown.
 */
export function measureWords(measure: Measure): string {
  return measure.text.replaceAll(/-?\d+\.\d+/g, shorten);
}

/** True when some result here is shown with fewer digits than were sent. */
export function isShortened(entries: Entry[]): boolean {
  return entries.some(({ measure }) => measure !== undefined && measureWords(measure) !== measure.text);
}

function shorten(number: string): string {
  const digits = number.replaceAll(/[-.]/g, '').replace(/^0+/, '');
  if (digits.length <= mostDigits) return number;
  const whole = number.replace('-', '').split('.', 1)[0]?.replace(/^0+/, '') ?? '';
  return whole.length >= keptDigits ? Number(number).toFixed(0) : Number(number).toPrecision(keptDigits);
}
