/** A row whose number of fields is not the header's, or a quote that is never closed. */
export class RowFault extends Error {
  readonly kind: 'fields' | 'quote';
  readonly line: number;
  readonly fields: number;

  constructor(kind: 'fields' | 'quote', line: number, fields: number) {
    super(`${kind} at line ${line}`);
    this.kind = kind;
    this.line = line;
    this.fields = fields;
  }
}

/**
 * Visits the rows of comma-separated text (RFC 4180; the separator may be another sign). Empty lines are passed over. `line` counts
 * from `firstLine`; a row that starts and ends on different lines counts as where it starts.
 */
export function forEachRow(
  text: string,
  separator: string,
  firstLine: number,
  visit: (fields: string[], line: number) => void,
): void {
  let at = 0;
  let line = firstLine;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const raw = text.slice(at, text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end);
    if (!raw.includes('"')) {
      if (raw !== '') visit(raw.split(separator), line);
      at = end + 1;
      line++;
      continue;
    }
    const row = quotedRow(text, at, separator, line);
    visit(row.fields, line);
    for (let k = at; k < row.end; k++) if (text.charCodeAt(k) === 10) line++;
    line++;
    at = row.end + 1;
  }
}

/** One row with quotes in it, from `at`; `end` is where its line ends. */
function quotedRow(
  text: string,
  from: number,
  separator: string,
  line: number,
): { fields: string[]; end: number } {
  const fields: string[] = [];
  let at = from;
  for (;;) {
    let field: string;
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
      if (close < 0) throw new RowFault('quote', line, 0);
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      for (; at < text.length && text[at] !== separator && text[at] !== '\n'; at++)
        if (text[at] !== '\r') field += text[at];
      fields.push(field);
    } else {
      const next = nextOf(text, at, separator);
      field = text.slice(at, next);
      fields.push(field.endsWith('\r') ? field.slice(0, -1) : field);
      at = next;
    }
    if (at >= text.length || text[at] === '\n') return { fields, end: at };
    at++;
  }
}

function nextOf(text: string, at: number, separator: string): number {
  const next = text.indexOf(separator, at);
  const end = text.indexOf('\n', at);
  if (next < 0 && end < 0) return text.length;
  return next < 0 ? end : end < 0 ? next : Math.min(next, end);
}
