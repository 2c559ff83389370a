/** Who decides, as they sign. It is remembered for the next case. */
export function Initials({ reviewer }: { reviewer: string }) {
  return (
    <div className="nhsuk-form-group">
      <label className="nhsuk-label" htmlFor="reviewer">
        Your initials
      </label>
      <input
        className="nhsuk-input nhsuk-input--width-10"
        id="reviewer"
        name="reviewer"
        defaultValue={reviewer}
        maxLength={60}
        required
      />
    </div>
  );
}
