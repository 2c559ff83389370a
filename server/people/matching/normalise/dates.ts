export type DateParts = { date?: string; year?: string; month?: string; day?: string };

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Dates that stand for "not known" in real feeds. */
const placeholders = new Set([
  '1900-01-01',
  '1899-12-30',
  '1800-01-01',
  '9999-12-31',
  '1111-11-11',
  '0001-01-01',
]);

/**
 * A date of birth in parts. Reads YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY, `3 Mar 1950`, YYYY-MM and YYYY; with a time, the time goes.
 * A part that cannot be (month 81) is left out, the others stay; a date that stands for "not known" gives nothing.
 */
export function dateParts(text: string | undefined): DateParts {
  if (text === undefined) return {};
  const parts = splitDate(text.trim());
  if (parts === undefined) return {};
  const [yearText, monthText, dayText] = parts;
  if (yearText === undefined || !/^[12]\d{3}$/.test(yearText)) return {};
  const month = partOf(monthText, 12);
  const day = partOf(dayText, 31);
  const date =
    month !== undefined && day !== undefined && Number(day) <= daysIn(Number(yearText), Number(month))
      ? `${yearText}-${month}-${day}`
      : undefined;
  if (date !== undefined && placeholders.has(date)) return {};
  return {
    year: yearText,
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
    ...(date === undefined ? {} : { date }),
  };
}

function splitDate(text: string): (string | undefined)[] | undefined {
  let found = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  if (found !== null) return [found[1], found[2], found[3]];
  found = /^(\d{4})(\d\d)(\d\d)(?:\d{2,6})?$/.exec(text);
  if (found !== null) return [found[1], found[2], found[3]];
  found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/.exec(text);
  if (found !== null) return [found[3], found[2], found[1]];
  found = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?: .*)?$/.exec(text);
  if (found !== null) return [found[1], found[2], found[3]];
  found = /^(\d{4})(?:-(\d{1,2}))?$/.exec(text);
  if (found !== null) return [found[1], found[2], undefined];
  found = /^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})$/.exec(text);
  if (found === null) return undefined;
  const month = monthNames.indexOf(found[2]!.toLowerCase()) + 1;
  return [found[3], month === 0 ? undefined : String(month), found[1]];
}

const partOf = (text: string | undefined, most: number): string | undefined => {
  const value = Number(text);
  return text !== undefined && value >= 1 && value <= most ? String(value).padStart(2, '0') : undefined;
};

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
