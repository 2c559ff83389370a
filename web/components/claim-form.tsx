/** Says that somebody is in the care of whoever asks, with the reason. Without script the form is posted like any other. */
export function ClaimForm({
  personId,
  hours,
  misfit,
  reason = '',
}: {
  personId: string;
  hours: number | null;
  misfit?: string | undefined;
  reason?: string;
}) {
  return (
    <form method="post" action="/people/by-number" className="sheet">
      <input type="hidden" name="person" value={personId} />
      <h2 className="nhsuk-heading-m">Are they in your care?</h2>
      <p>
        You can say so. Their record then opens to you as far as your role goes
        {hours === null ? '' : `, for ${hours} hours`}.
      </p>
      <ul>
        <li>The person can see that you said so, and why.</li>
        <li>
          A privacy officer is shown what you looked at, until a referral, a stay or a team is recorded.
        </li>
      </ul>
      <div className={`nhsuk-form-group${misfit === undefined ? '' : ' nhsuk-form-group--error'}`}>
        <label className="nhsuk-label" htmlFor="claim-reason">
          How are they in your care?
        </label>
        <div className="nhsuk-hint" id="claim-hint">
          For example: came to the walk-in clinic this morning
        </div>
        {misfit !== undefined && (
          <span className="nhsuk-error-message" id="claim-error">
            <span className="nhsuk-u-visually-hidden">Error:</span> {misfit}
          </span>
        )}
        <textarea
          className={`nhsuk-textarea${misfit === undefined ? '' : ' nhsuk-textarea--error'}`}
          id="claim-reason"
          name="reason"
          rows={3}
          maxLength={500}
          defaultValue={reason}
          aria-describedby={misfit === undefined ? 'claim-hint' : 'claim-hint claim-error'}
        />
      </div>
      <button className="nhsuk-button" name="do" value="claim" type="submit">
        They are in my care
      </button>
    </form>
  );
}
