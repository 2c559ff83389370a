import type { Misfit } from '../api/record.ts';
import { Wrong } from './wrong.tsx';

export type SearchFields = { name: string; born: string; nhsNumber: string };

const labels = [
  {
    field: 'name',
    label: 'Name',
    hint: 'Any part, in any order',
    width: '',
    inputMode: 'text',
  },
  {
    field: 'born',
    label: 'Date of birth',
    hint: 'For example, 1 3 1950',
    width: 'nhsuk-input--width-10',
    inputMode: 'text',
  },
  {
    field: 'nhsNumber',
    label: 'NHS number',
    hint: 'For example, 999 000 0018',
    width: 'nhsuk-input--width-10 nhsuk-input--code',
    inputMode: 'numeric',
  },
] as const;

/** The form that finds a person. It is posted, so that no name ends up in an address. */
export function SearchForm({
  fields = { name: '', born: '', nhsNumber: '' },
  misfits = [],
}: {
  fields?: SearchFields;
  misfits?: Misfit[];
}) {
  return (
    <form method="post" action="/people" className="search-form" role="search" noValidate>
      <div className="search-form__fields">
        {labels.map(({ field, label, hint, width, inputMode }) => {
          const misfit = misfits.find((each) => each.field === field);
          const describedBy = misfit === undefined ? `${field}-hint` : `${field}-hint ${field}-error`;
          return (
            <div
              key={field}
              className={`nhsuk-form-group search-form__${field}${misfit ? ' nhsuk-form-group--error' : ''}`}
            >
              <label className="nhsuk-label" htmlFor={field}>
                {label}
              </label>
              <div className="nhsuk-hint" id={`${field}-hint`}>
                {hint}
              </div>
              {misfit && <Wrong field={field} text={misfit.text} />}
              <input
                className={`nhsuk-input ${width}${misfit ? ' nhsuk-input--error' : ''}`}
                id={field}
                name={field}
                type="text"
                inputMode={inputMode}
                defaultValue={fields[field]}
                autoComplete="off"
                spellCheck={false}
                aria-describedby={describedBy}
              />
            </div>
          );
        })}
      </div>
      <button className="nhsuk-button" type="submit">
        Find
      </button>
    </form>
  );
}
