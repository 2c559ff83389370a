import type { Sheet } from './processing.ts';

/**
 * A sheet as CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an apostrophe. Source: OWASP, CSV injection.
 */
export const csvOf = ({ columns, rows }: Sheet): string =>
  [columns, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');

function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
