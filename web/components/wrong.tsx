/** What is to be mended in a field, beside it. */
export function Wrong({ field, text }: { field: string; text: string }) {
  return (
    <span className="nhsuk-error-message" id={`${field}-error`}>
      <span className="nhsuk-u-visually-hidden">Error:</span> {text}
    </span>
  );
}
