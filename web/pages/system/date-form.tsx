import { dateWords } from '../../words/dates.ts';

/** Asks for the date a page is about, and offers the dates on which something changed. Works without script. */
export function DateForm({
  action,
  day,
  keep,
  changes = [],
}: {
  action: string;
  day: string;
  /** What else the address holds. */
  keep: Record<string, string | undefined>;
  changes?: string[];
}) {
  const kept = Object.entries(keep).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = (date: string): string => new URLSearchParams([...kept, ['date', date]]).toString();
  return (
    <div className="date-form">
      <form method="get" action={action}>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label className="nhsuk-label" htmlFor="date">
          On which date?
        </label>
        <input
          className="nhsuk-input date-form__input"
          id="date"
          name="date"
          type="date"
          defaultValue={day}
          required
        />
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
          Show
        </button>
      </form>
      {changes.length > 0 && (
        <p className="nhsuk-body-s date-form__changes">
          Changes we know of:{' '}
          {changes.map((each, index) => (
            <span key={each}>
              {index > 0 && ', '}
              <a href={`${action}?${query(each)}`} aria-current={each === day ? 'date' : undefined}>
                {dateWords(each)}
              </a>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
