/** Understands what somebody typed to find a person. Pure. */
import { isNhsNumber } from '../../people/index.ts';
import { plainWording } from './reading/codes.ts';

/** What was typed, as typed. */
export type Typed = { name?: string | undefined; born?: string | undefined; nhsNumber?: string | undefined };

/** What is looked for. `born` is YYYY, YYYY-MM or YYYY-MM-DD. */
export type PersonQuery = { words: string[]; born?: string; nhsNumber?: string };

export type Misfit = { field: 'name' | 'born' | 'nhsNumber'; text: string };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads what was typed. Gives what to look for, or what to mend in words for the person who typed it. */
export function understand(typed: Typed): { query: PersonQuery } | { misfits: Misfit[] } {
  const misfits: Misfit[] = [];
  const query: PersonQuery = { words: nameWords(typed.name ?? '') };
  const born = typed.born?.trim() ?? '';
  const nhsNumber = typed.nhsNumber?.replaceAll(/[\s-]/g, '') ?? '';
  if (born !== '') {
    const date = dateFrom(born);
    if (date === undefined)
      misfits.push({ field: 'born', text: 'Enter a real date of birth, such as 1 3 1950' });
    else query.born = date;
  }
  if (nhsNumber !== '') {
    if (isNhsNumber(nhsNumber)) query.nhsNumber = nhsNumber;
    else misfits.push({ field: 'nhsNumber', text: nhsNumberMisfit(nhsNumber) });
  }
  if (misfits.length === 0 && query.words.length === 0 && born === '' && nhsNumber === '') {
    misfits.push({ field: 'name', text: 'Enter a name, a date of birth or an NHS number' });
  }
  return misfits.length > 0 ? { misfits } : { query };
}

function nhsNumberMisfit(text: string): string {
  return /^\d{10}$/.test(text)
    ? 'Check the NHS number: one of its digits is wrong'
    : 'Enter an NHS number with 10 digits, such as 999 000 0018';
}

/** The words of a name. Their order does not matter, nor do titles, commas and letter case. */
function nameWords(name: string): string[] {
  const words = plainWording(name).split(/[\s,.]+/);
  return [...new Set(words.filter((word) => word !== '' && !titles.has(word)))];
}

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'dame']);

/**
 * Reads a date as people in the United Kingdom write it: 1950-03-01, 1/3/1950, 1.3.1950, 1 March 1950, 1st Mar 1950,
 * March 1950, 1950. Gives YYYY-MM-DD, YYYY-MM or YYYY; undefined when it is no real date.
 */
export function dateFrom(text: string): string | undefined {
  const words = text
    .toLowerCase()
    .replaceAll(/(\d)(st|nd|rd|th)\b/g, '$1')
    .split(/[\s/.,-]+/)
    .filter(Boolean);
  const [a = '', b, c] = words;
  if (words.length > 3) return undefined;
  if (b === undefined) return compact(a);
  if (c === undefined) return isYear(a) ? monthDate(a, b) : monthDate(b, a);
  return isYear(a) ? fullDate(a, b, c) : fullDate(c, b, a);
}

/** 1950, or eight digits as day, month, year. */
function compact(digits: string): string | undefined {
  if (isYear(digits)) return digits;
  const parts = /^(\d\d)(\d\d)(\d{4})$/.exec(digits);
  return parts === null ? undefined : fullDate(parts[3] ?? '', parts[2] ?? '', parts[1] ?? '');
}

function isYear(text: string): boolean {
  return /^(?:18|19|20)\d\d$/.test(text);
}

function monthNumber(text: string): number | undefined {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : monthNamed(text);
  return number >= 1 && number <= 12 ? number : undefined;
}

const monthNamed = (text: string) => (text.length < 3 ? 0 : months.indexOf(text.slice(0, 3)) + 1);

function monthDate(year: string, month: string): string | undefined {
  const number = monthNumber(month);
  return isYear(year) && number !== undefined ? `${year}-${twoDigits(number)}` : undefined;
}

function fullDate(year: string, month: string, day: string): string | undefined {
  const start = monthDate(year, month);
  if (start === undefined || !/^\d{1,2}$/.test(day)) return undefined;
  const date = `${start}-${twoDigits(Number(day))}`;
  const real = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : undefined;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Why a found person matches, for the reader to judge. */
export function matchReasons(
  query: PersonQuery,
  found: { names: string[]; born?: string | undefined; nhsNumbers: string[] },
): string[] {
  const reasons: string[] = [];
  if (query.nhsNumber !== undefined && found.nhsNumbers.includes(query.nhsNumber))
    reasons.push('Same NHS number');
  if (query.born !== undefined && found.born?.startsWith(query.born) === true) {
    reasons.push(bornReason[query.born.length] ?? 'Same date of birth');
  }
  const known = found.names.flatMap((name) => nameWords(name));
  const whole = query.words.filter((word) => known.includes(word));
  if (query.words.length > 0) {
    reasons.push(
      whole.length === query.words.length ? 'Each name matches whole' : 'Names begin with what you typed',
    );
  }
  return reasons;
}

const bornReason: Record<number, string> = { 4: 'Same year of birth', 7: 'Same month of birth' };
