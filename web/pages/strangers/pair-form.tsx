import { Wrong } from '../../components/wrong.tsx';
import type { Misfit, Typed } from './pair.ts';

const parts = [
  { name: 'day', label: 'Day', width: 2 },
  { name: 'month', label: 'Month', width: 2 },
  { name: 'year', label: 'Year', width: 4 },
] as const;

/** Asks for an NHS number and a date of birth. It is posted, so that neither ends up in an address. */
export function PairForm({ action, typed, misfits }: { action: string; typed: Typed; misfits: Misfit[] }) {
  const [number, born] = ['nhs-number', 'born-day'].map((field) =>
    misfits.find((misfit) => misfit.field === field),
  );
  return (
    <form method="post" action={action} noValidate>
      <div className={group(number)}>
        <label className="nhsuk-label nhsuk-label--m" htmlFor="nhs-number">
          NHS number
        </label>
        <div className="nhsuk-hint" id="nhs-number-hint">
          10 digits, for example 999 000 0018
        </div>
        {number !== undefined && <Wrong field={number.field} text={number.text} />}
        <input
          className={`nhsuk-input nhsuk-input--width-10 nhsuk-input--code${number ? ' nhsuk-input--error' : ''}`}
          id="nhs-number"
          name="nhsNumber"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          defaultValue={typed.nhsNumber}
          aria-describedby={`nhs-number-hint${number ? ' nhs-number-error' : ''}`}
        />
      </div>
      <div className={group(born)}>
        <fieldset
          className="nhsuk-fieldset"
          role="group"
          aria-describedby={`born-hint${born ? ' born-day-error' : ''}`}
        >
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">Date of birth</legend>
          <div className="nhsuk-hint" id="born-hint">
            For example, 1 3 1950
          </div>
          {born !== undefined && <Wrong field={born.field} text={born.text} />}
          <div className="nhsuk-date-input">
            {parts.map(({ name, label, width }) => (
              <div className="nhsuk-date-input__item" key={name}>
                <label className="nhsuk-label nhsuk-date-input__label" htmlFor={`born-${name}`}>
                  {label}
                </label>
                <input
                  className={`nhsuk-input nhsuk-date-input__input nhsuk-input--width-${width}${born ? ' nhsuk-input--error' : ''}`}
                  id={`born-${name}`}
                  name={name}
                  inputMode="numeric"
                  autoComplete="off"
                  defaultValue={typed[name]}
                />
              </div>
            ))}
          </div>
        </fieldset>
      </div>
      <button className="nhsuk-button" type="submit">
        Find
      </button>
    </form>
  );
}

const group = (misfit: Misfit | undefined): string =>
  `nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`;
