/** Says that a form was sent with something missing. */
export function MissingNote({ words }: { words: string }) {
  return (
    <div className="nhsuk-error-summary" role="alert">
      <h2 className="nhsuk-error-summary__title">Something is missing</h2>
      <p>
        <a href="#reviewer">{words}</a>
      </p>
    </div>
  );
}
