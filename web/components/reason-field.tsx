import { Wrong } from './wrong.tsx';

/** The box for a stated reason, with its question, an example and what is wrong with what was written. */
export function ReasonField({
  id,
  question,
  example,
  misfit,
  reason = '',
}: {
  id: string;
  question: string;
  example: string;
  misfit?: string | undefined;
  reason?: string | undefined;
}) {
  const wrong = misfit !== undefined;
  return (
    <div className={`nhsuk-form-group${wrong ? ' nhsuk-form-group--error' : ''}`}>
      <label className="nhsuk-label" htmlFor={`${id}-reason`}>
        {question}
      </label>
      <div className="nhsuk-hint" id={`${id}-hint`}>
        For example: {example}
      </div>
      {wrong && <Wrong field={id} text={misfit} />}
      <textarea
        className={`nhsuk-textarea${wrong ? ' nhsuk-textarea--error' : ''}`}
        id={`${id}-reason`}
        name="reason"
        rows={3}
        maxLength={500}
        defaultValue={reason}
        aria-describedby={wrong ? `${id}-hint ${id}-error` : `${id}-hint`}
      />
    </div>
  );
}
