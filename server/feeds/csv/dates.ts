const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as FHIR writes it, read by the first form that fits: `DD/MM/YYYY`, `YYYY-MM-DD`, `DD-Mon-YYYY`; undefined when none does. */
export function readDate(text: string, forms: readonly string[]): string | undefined {
  for (const form of forms) {
    const found = readAs(text.trim(), form);
    if (found !== undefined) return found;
  }
  return undefined;
}

function readAs(text: string, form: string): string | undefined {
  const parts = form.split(/[^A-Za-z]+/);
  const said = text.split(/[/.\-\s]+/);
  if (said.length !== parts.length) return undefined;
  const day = numberOf(said[parts.indexOf('DD')], 2);
  const year = numberOf(said[parts.indexOf('YYYY')], 4);
  const named = parts.indexOf('Mon');
  const month = named < 0 ? numberOf(said[parts.indexOf('MM')], 2) : monthOf(said[named]);
  if (day === undefined || month === undefined || year === undefined || year < 1850) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCDate() === day && at.getUTCMonth() === month - 1;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}

const monthOf = (name: string | undefined): number | undefined => {
  const place = months.indexOf((name ?? '').slice(0, 3).toLowerCase());
  return place < 0 ? undefined : place + 1;
};

const numberOf = (text: string | undefined, digits: number): number | undefined =>
  text !== undefined && /^\d+$/.test(text) && text.length <= digits && (digits < 4 || text.length === digits)
    ? Number(text)
    : undefined;
