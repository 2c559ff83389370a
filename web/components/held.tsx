/** Something that could not be stored was sent again, and still cannot. */
export function StillHeld({ reason }: { reason: string | null }) {
  return (
    <div className="nhsuk-error-summary" role="alert">
      <h2 className="nhsuk-error-summary__title">It still cannot be stored</h2>
      <p>{reason}</p>
    </div>
  );
}

/** What was sent, letter by letter, folded away. */
export function SentText({ title, text }: { title: string; text: string }) {
  return (
    <details className="nhsuk-details">
      <summary className="nhsuk-details__summary">
        <span className="nhsuk-details__summary-text">{title}</span>
      </summary>
      <div className="nhsuk-details__text">
        <pre className="document-text" tabIndex={0} aria-label={title}>
          {text}
        </pre>
      </div>
    </details>
  );
}
