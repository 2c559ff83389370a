import { Wrong } from './wrong.tsx';

export type Option = { value: string; label: string; hint?: string };

/** One question that is the whole page, with one answer among several. */
export function PageRadios({
  name,
  question,
  hint,
  options,
  chosen,
  misfit,
}: {
  name: string;
  question: string;
  hint: string;
  options: readonly Option[];
  chosen: string | null;
  misfit?: string | undefined;
}) {
  return (
    <div className={`nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`}>
      <fieldset
        className="nhsuk-fieldset"
        aria-describedby={misfit === undefined ? `${name}-hint` : `${name}-hint ${name}-error`}
      >
        <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">
          <h1 className="nhsuk-fieldset__heading">{question}</h1>
        </legend>
        <div className="nhsuk-hint" id={`${name}-hint`}>
          {hint}
        </div>
        {misfit !== undefined && <Wrong field={name} text={misfit} />}
        <div className="nhsuk-radios">
          {options.map((option, index) => (
            <Radio
              key={option.value}
              id={`${name}-${index}`}
              name={name}
              option={option}
              isChosen={option.value === chosen}
            />
          ))}
        </div>
      </fieldset>
    </div>
  );
}

/** One answer. */
export function Radio({
  id,
  name,
  option: { value, label, hint },
  isChosen = false,
  isRequired = false,
}: {
  id: string;
  name: string;
  option: Option;
  isChosen?: boolean;
  isRequired?: boolean;
}) {
  return (
    <div className="nhsuk-radios__item">
      <input
        className="nhsuk-radios__input"
        id={id}
        name={name}
        type="radio"
        value={value}
        defaultChecked={isChosen}
        required={isRequired}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <label className="nhsuk-label nhsuk-radios__label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div className="nhsuk-hint nhsuk-radios__hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
