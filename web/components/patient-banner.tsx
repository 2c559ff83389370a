import type { Banner } from '../api/record.ts';
import { useMayOpen } from '../frame/use-viewer.ts';
import { ageWords, dateWords } from '../words/dates.ts';
import { nhsNumberWords } from '../words/numbers.ts';
import { factValue } from '../words/record.ts';

const fieldWords: Record<string, string> = {
  name: 'Name',
  born: 'Date of birth',
  died: 'Date of death',
  sex: 'Sex',
  nhsNumber: 'NHS number',
  address: 'Address',
};

/** Who this record is about: the same band on each page of it. */
export function PatientBanner({
  banner,
  today,
  personId,
}: {
  banner: Banner;
  today: string;
  personId: string;
}) {
  const mayReview = useMayOpen('identity');
  return (
    <section className="patient-banner" aria-label="Whose record this is">
      <div className="nhsuk-width-container">
        <div className="patient-banner__row">
          <p className="patient-banner__name">
            {banner.name}{' '}
            {banner.test && <strong className="nhsuk-tag nhsuk-tag--yellow">Test person, not real</strong>}{' '}
            {banner.dead && <strong className="nhsuk-tag nhsuk-tag--grey">{deathWords(banner)}</strong>}
          </p>
          <dl className="patient-banner__facts">
            <Fact name="Born">{bornWords(banner, today)}</Fact>
            <Fact name="Sex">{banner.sex === undefined ? 'Not recorded' : factValue('sex', banner.sex)}</Fact>
            <Fact name="NHS number">{nhsNumbers(banner)}</Fact>
            <Fact name="Address">{addressWords(banner)}</Fact>
          </dl>
        </div>
        <div className="patient-banner__more">
          {banner.differences.length > 0 && <Differences banner={banner} />}
          {mayReview && <a href={`/identity/people/${personId}`}>Who is this, and how do we know?</a>}
        </div>
      </div>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="patient-banner__fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Differences({ banner }: { banner: Banner }) {
  const names = banner.differences.map(({ field }) => (fieldWords[field] ?? field).toLowerCase());
  return (
    <details className="small-details">
      <summary>Sources differ on {names.join(' and ')}</summary>
      <ul>
        {banner.differences.flatMap(({ field, values }) =>
          values.map(({ value, sources }) => (
            <li key={`${field} ${value}`}>
              {fieldWords[field] ?? field}: {worded(field, value)} ({sources.join(', ')})
            </li>
          )),
        )}
      </ul>
    </details>
  );
}

function worded(field: string, value: string): string {
  if (field === 'born' || field === 'died') return dateWords(value);
  if (field === 'nhsNumber') return nhsNumberWords(value);
  return field === 'sex' ? factValue('sex', value) : value;
}

function nhsNumbers({ nhsNumbers: numbers }: Banner): string {
  return numbers.length === 0 ? 'Not recorded' : numbers.map(nhsNumberWords).join(' or ');
}

/** The date of birth with the age now, or with the age at death. */
export function bornWords({ born, dead, died }: Banner, today: string): string {
  if (born === undefined) return 'Not recorded';
  if (dead && died === undefined) return dateWords(born);
  const age = ageWords(born, new Date(died ?? today));
  if (age === undefined) return dateWords(born);
  return dead ? `${dateWords(born)} (died aged ${age.replace(' years', '')})` : `${dateWords(born)} (${age})`;
}

/** Where a person lives, unless that is protected. */
export const addressWords = ({ restricted, address }: Banner): string =>
  restricted ? 'Protected: not shown' : (address ?? 'Not recorded');

function deathWords({ died }: Banner): string {
  return died === undefined ? 'Has died' : `Died ${dateWords(died)}`;
}
