import type { Particulars } from '../types.ts';
import type { ColumnMeaning } from './columns.ts';

/** Values that stand for nothing in files. */
const nothing = new Set(['', 'null', 'none', 'nan', 'n/a', 'na', '-', '\\n', 'unknown', 'not known']);

/** Makes the function that reads one row of a file. `monthFirst` says that dates are written as in the United States. */
export function rowReader(
  meanings: readonly ColumnMeaning[],
  monthFirst: boolean,
): (fields: readonly string[]) => { id: string | undefined; particulars: Particulars } {
  const columns = (meaning: ColumnMeaning): number[] =>
    meanings.flatMap((each, index) => (each === meaning ? [index] : []));
  const at = {
    id: columns('id')[0],
    nhs: columns('nhsNumber')[0],
    other: columns('otherNumber')[0],
    sex: columns('sex')[0],
    given: columns('given'),
    middle: columns('middle'),
    family: columns('family'),
    full: columns('fullName'),
    before: columns('previousFamily'),
    birth: columns('birthDate')[0],
    death: columns('deathDate')[0],
    year: columns('birthYear')[0],
    month: columns('birthMonth')[0],
    day: columns('birthDay')[0],
    house: columns('house'),
    address: columns('address'),
    place: columns('place')[0],
    postcode: columns('postcode'),
    phone: columns('phone'),
    email: columns('email'),
    birthPlace: columns('birthPlace')[0],
    occupation: columns('occupation')[0],
  };
  return (fields) => {
    const one = (column: number | undefined): string | undefined => {
      if (column === undefined) return undefined;
      const value = fields[column]!.trim();
      return value === '' || (value.length < 10 && nothing.has(value.toLowerCase())) ? undefined : value;
    };
    const all = (wanted: readonly number[]): string[] => {
      const values: string[] = [];
      for (const column of wanted) {
        const value = one(column);
        if (value !== undefined) values.push(value);
      }
      return values;
    };
    const birth = one(at.birth) ?? dateOfParts(one(at.year), one(at.month), one(at.day));
    const postcodes = all(at.postcode);
    return {
      id: one(at.id),
      particulars: {
        nhsNumber: one(at.nhs),
        otherNumber: one(at.other),
        given: all([...at.given, ...at.middle]),
        family: all(at.family),
        fullNames: all(at.full),
        previousNames: all(at.before).map((family) => ({ family })),
        birthDate: monthFirst ? dayFirst(birth) : birth,
        deathDate: monthFirst ? dayFirst(one(at.death)) : one(at.death),
        sex: one(at.sex),
        addresses: [
          { lines: all([...at.house, ...at.address]), place: one(at.place), postcode: postcodes[0] },
          ...postcodes.slice(1).map((postcode) => ({ postcode })),
        ],
        phones: all(at.phone),
        emails: all(at.email),
        birthPlace: one(at.birthPlace),
        occupation: one(at.occupation),
      },
    };
  };
}

function dateOfParts(year?: string, month?: string, day?: string): string | undefined {
  if (year === undefined) return undefined;
  if (month === undefined) return year;
  return day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`;
}

const dayFirst = (date: string | undefined): string | undefined =>
  date?.replace(/^(\d{1,2})([/.-])(\d{1,2})([/.-]\d{4})/, '$3$2$1$4');

/** True when dates in a sample of rows can only be read with the month first. */
export function isMonthFirst(dates: readonly string[]): boolean {
  let monthFirst = false;
  for (const date of dates) {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(date.trim());
    if (found === null) continue;
    if (Number(found[1]) > 12) return false;
    if (Number(found[2]) > 12) monthFirst = true;
  }
  return monthFirst;
}
