/** Two forms about something held back: to mend its text and try again, and to give it up. `what` names it: message, entry. */
export function MendForm({
  what,
  hint,
  text,
  rows,
}: {
  what: string;
  hint: string;
  text: string;
  rows: number;
}) {
  return (
    <>
      <form method="post">
        <div className="nhsuk-form-group">
          <label className="nhsuk-label nhsuk-label--m" htmlFor="text">
            Mend the text
          </label>
          <div className="nhsuk-hint" id="text-hint">
            {hint}
          </div>
          <textarea
            className="nhsuk-textarea mend"
            id="text"
            name="text"
            rows={rows}
            spellCheck={false}
            aria-describedby="text-hint"
            defaultValue={text}
          />
        </div>
        <div className="nhsuk-button-group">
          <button className="nhsuk-button" name="do" value="replay" type="submit">
            Save and try again
          </button>
          <button className="nhsuk-button nhsuk-button--secondary" name="do" value="mend" type="submit">
            Only save
          </button>
        </div>
      </form>
      <form method="post">
        <button className="nhsuk-button nhsuk-button--warning" name="do" value="dismiss" type="submit">
          Give up on this {what}
        </button>
      </form>
    </>
  );
}
