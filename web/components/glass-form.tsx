import { ReasonField } from './reason-field.tsx';

/** Opens one person's record for an hour, for a stated reason. Without script the form is posted like any other. */
export function GlassForm({
  personId,
  to,
  misfit,
  reason,
}: {
  personId: string;
  to: string;
  misfit?: string | undefined;
  reason?: string | undefined;
}) {
  return (
    <form method="post" action="/break-glass" className="glass">
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="to" value={to} />
      <h2 className="nhsuk-heading-m">Do you need it now, to keep somebody safe?</h2>
      <p>You can break the glass: this record opens to you, and to nobody else, for one hour.</p>
      <ul>
        <li>The person is told that you did, and why.</li>
        <li>A privacy officer looks at each use.</li>
        <li>What you open is written down and cannot be taken out again.</li>
      </ul>
      <ReasonField
        id="glass"
        question="Why do you need it?"
        example="brought in unconscious, need allergies and medicines"
        misfit={misfit}
        reason={reason}
      />
      <button className="nhsuk-button nhsuk-button--warning" type="submit">
        Break the glass
      </button>
    </form>
  );
}
