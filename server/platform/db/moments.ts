import { types } from 'pg';

const usual = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text');

/** Reads `2026-11-21 19:18:04.195+00`, the usual form of a server that keeps to UTC; any other form goes to the driver's reader. */
export function readMoment(text: string): Date {
  if (text.length < 22 || text.charCodeAt(10) !== 32 || !text.endsWith('+00')) return usual(text) as Date;
  const two = (at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
  const fraction = text.charCodeAt(19) === 46 ? Number(text.slice(19, text.length - 3)) : 0;
  const year = two(0) * 100 + two(2);
  return new Date(
    Date.UTC(
      year,
      two(5) - 1,
      two(8),
      two(11),
      two(14),
      two(17),
      Math.floor(Math.round(fraction * 1e6) / 1000),
    ),
  );
}
