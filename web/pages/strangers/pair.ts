/** Reads an NHS number and a date of birth as somebody typed them. */
export type Typed = { nhsNumber: string; day: string; month: string; year: string };
export type Misfit = { field: string; text: string };

/** What a form with these fields held. */
export function typedIn(form: FormData): Typed {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  return { nhsNumber: text('nhsNumber'), day: text('day'), month: text('month'), year: text('year') };
}

export const nothingTyped: Typed = { nhsNumber: '', day: '', month: '', year: '' };

/** The pair in the form of the API, or what is to be mended. Numbers may be written with spaces or hyphens. */
export function pairOf(typed: Typed): { nhsNumber: string; born: string } | { misfits: Misfit[] } {
  const nhsNumber = typed.nhsNumber.replaceAll(/[\s-]/g, '');
  const born = dayOf(typed);
  const misfits: Misfit[] = [];
  if (!/^\d{10}$/.test(nhsNumber))
    misfits.push({ field: 'nhs-number', text: 'Enter the NHS number: it has 10 digits' });
  if (born === undefined)
    misfits.push({ field: 'born-day', text: 'Enter the date of birth: a day, a month and a year' });
  return born === undefined || misfits.length > 0 ? { misfits } : { nhsNumber, born };
}

function dayOf({ day, month, year }: Typed): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined;
  const born = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${born}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(born) ? born : undefined;
}
