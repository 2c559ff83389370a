import { ReasonField } from './reason-field.tsx';

/** Says that somebody is in the care of whoever asks, with the reason. Without script the form is posted like any other. */
export function ClaimForm({
  personId,
  hours,
  misfit,
  reason,
}: {
  personId: string;
  hours: number | null;
  misfit?: string | undefined;
  reason?: string | undefined;
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
      <ReasonField
        id="claim"
        question="How are they in your care?"
        example="came to the walk-in clinic this morning"
        misfit={misfit}
        reason={reason}
      />
      <button className="nhsuk-button" name="do" value="claim" type="submit">
        They are in my care
      </button>
    </form>
  );
}
