import { Problem } from '../../../platform/errors.ts';

/** What a column of a file may hold. */
export const columnMeanings = [
  'id',
  'nhsNumber',
  'otherNumber',
  'given',
  'middle',
  'family',
  'fullName',
  'previousFamily',
  'birthDate',
  'birthYear',
  'birthMonth',
  'birthDay',
  'deathDate',
  'sex',
  'house',
  'address',
  'place',
  'postcode',
  'phone',
  'email',
  'birthPlace',
  'occupation',
  'ignore',
] as const;

export type ColumnMeaning = (typeof columnMeanings)[number];

/** The names by which each meaning is known, in small letters without spaces and signs. */
export const knownNames = {
  id: words('id uniqueid recid recordid rowid uid key sourceid personid clientid patientid localid'),
  nhsNumber: words('nhsnumber nhsno nhs nhsnum nhsid newnhsno'),
  otherNumber: words(
    'socsecid ssn socialsecuritynumber nino nationalinsurancenumber hospitalnumber mrn upn uniquepupilnumber pupilnumber idnumber identitynumber passport taxid',
  ),
  given: words(
    'given givenname givennames firstname forename forenames fname first christianname firstnames',
  ),
  middle: words('middle middlename middlenames secondname othernames middleinitial'),
  family: words('family familyname surname lastname lname last sname'),
  fullName: words('fullname name personname patientname clientname displayname firstandsurname'),
  previousFamily: words(
    'previoussurname previousfamilyname maidenname birthsurname formersurname alias nameatbirth',
  ),
  birthDate: words('dob dateofbirth birthdate datebirth persondob born birthday'),
  birthYear: words('birthyear yearofbirth yob byear'),
  birthMonth: words('birthmonth monthofbirth mob bmonth'),
  birthDay: words('birthdayofmonth dayofbirth bday'),
  deathDate: words('dod dateofdeath deathdate died deceaseddate'),
  sex: words('sex gender personstatedgender administrativegender gendercode'),
  house: words('streetnumber housenumber houseno house number propertynumber buildingnumber'),
  address: words(
    'address address1 address2 address3 addressline1 addressline2 addressline3 street streetname streetaddress line1 line2 road',
  ),
  place: words('city town suburb locality place village posttown district parish address4 addressline4'),
  postcode: words('postcode postalcode zip zipcode pcode postcodefake currentpostcode homepostcode'),
  phone: words('phone telephone tel mobile phonenumber mobilenumber telephonenumber contactnumber homephone'),
  email: words('email emailaddress mail'),
  birthPlace: words('birthplace placeofbirth townofbirth countryofbirth'),
  occupation: words('occupation job profession jobtitle'),
  ignore: words(
    'cluster clusterid label truth group entity entityid state county country region sourcedataset',
  ),
} satisfies { [meaning in ColumnMeaning]: readonly string[] };

function words(text: string): readonly string[] {
  return text.split(' ');
}

const meaningOf = new Map<string, ColumnMeaning>(
  columnMeanings.flatMap((meaning) => knownNames[meaning].map((name) => [name, meaning] as const)),
);

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What each column of a header means; `said` comes first, and the names we know follow. */
export function meaningsOf(
  header: readonly string[],
  said: ReadonlyMap<string, ColumnMeaning>,
  file: string,
): ColumnMeaning[] {
  const missing = [...said.keys()].filter((name) => !header.some((each) => bare(each) === bare(name)));
  if (missing.length > 0) {
    throw new Problem(
      'link/no-such-column',
      400,
      `${file} has no column ${missing.map((name) => `"${name}"`).join(', ')}.`,
      {
        wayOut: `Its columns are: ${header.join(', ')}`,
      },
    );
  }
  const saidBare = new Map([...said].map(([name, meaning]) => [bare(name), meaning]));
  const meanings = header.map((name) => saidBare.get(bare(name)) ?? meaningOf.get(bare(name)) ?? 'ignore');
  if (
    !meanings.some(
      (meaning) =>
        meaning === 'family' || meaning === 'fullName' || meaning === 'given' || meaning === 'nhsNumber',
    )
  ) {
    throw new Problem('link/no-name-column', 400, `${file} has no column that we know to hold names.`, {
      wayOut: `Say which with --columns, for example: --columns given=${header[0] ?? 'COLUMN'},family=${header[1] ?? 'COLUMN'}\nIts columns are: ${header.join(', ')}`,
    });
  }
  return meanings;
}

/** Reads `--columns family=nachname,given=vorname,ignore=notes`. */
export function saidColumns(text: string | undefined): Map<string, ColumnMeaning> {
  const said = new Map<string, ColumnMeaning>();
  for (const part of (text ?? '').split(',').filter((each) => each.trim() !== '')) {
    const [meaning = '', column = ''] = part.split('=').map((each) => each.trim());
    const known = columnMeanings.find((each) => bare(each) === bare(meaning));
    if (known === undefined || column === '') {
      throw new Problem('link/columns', 400, `"${part.trim()}" in --columns is not understood.`, {
        wayOut: `Write MEANING=COLUMN. Meanings: ${columnMeanings.join(', ')}`,
      });
    }
    said.set(column, known);
  }
  return said;
}

/** The names each meaning is known by, for the help page. */
export const columnHelp = (): string =>
  columnMeanings.map((meaning) => `  ${meaning.padEnd(15)} ${knownNames[meaning].join(', ')}`).join('\n');
