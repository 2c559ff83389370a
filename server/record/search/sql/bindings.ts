/** The values of one statement, numbered as they are met. */
export class Bindings {
  readonly values: unknown[] = [];
  #aliases = 0;

  /** Adds a value and gives its place, cast to a type. */
  add(value: unknown, type: string): string {
    return `$${this.values.push(value)}::${type}`;
  }

  /** Adds a moment in milliseconds, perhaps infinite, kept to the microsecond. */
  moment(ms: number): string {
    return this.add(momentText(ms), 'timestamptz');
  }

  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }
}

/**
 * Decides which rows a reader may see: gives a condition on an alias of record.resource, whose rows are of one type where that is
 * said, or undefined for all rows.
 */
export type Visible = (alias: string, bindings: Bindings, type?: string) => string | undefined;

/** Who asks, and of what kind of database. */
export type Reader = {
  visible: Visible;
  /** True when rows are spread over nodes (Citus), where a row-by-row test may not be fenced off. */
  distributed: boolean;
  /** True when decisions will be asked about the rows, so that who said each is read with it. */
  asksWhoSaid?: boolean;
};

// PostgreSQL's range of timestamptz, kept a little inside.
const earliest = Date.UTC(-4000, 0, 1);
const latest = 8.64e15;

function momentText(ms: number): string {
  if (ms === Infinity || ms > latest) return 'infinity';
  if (ms === -Infinity || ms < earliest) return '-infinity';
  const whole = Math.floor(ms);
  const micros = String(Math.round((ms - whole) * 1000)).padStart(3, '0');
  const date = new Date(whole);
  const text = date.toISOString().replace('Z', `${micros}Z`);
  if (date.getUTCFullYear() > 0) return text.replace(/^\+/, '');
  const year = String(1 - date.getUTCFullYear()).padStart(4, '0');
  return `${text.replace(/^-?\d+/, year)} BC`;
}
