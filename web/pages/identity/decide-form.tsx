import type { CaseDetail, Verdict } from '../../api/identity.ts';
import { Radio } from '../../components/radios.tsx';
import { reasonWords, sealedReasonWords, sealedVerdictWords, verdictWords } from '../../words/identity.ts';
import { Initials } from './initials.tsx';
import { personName } from './case-parts.tsx';

/** Where a reviewer answers, says why and who they are. A sealed case is kept apart or left open: two numbers are never joined here. */
export function DecideForm({ found, reviewer }: { found: CaseDetail; reviewer: string }) {
  const isSealed = found.queue === 'sealed';
  const answers: [string, string][] = isSealed
    ? Object.entries(sealedVerdictWords)
    : [
        ...found.people.map(({ personId }, index): [string, string] => [
          `same ${personId}`,
          found.people.length === 1 ? verdictWords.same : `Same person as ${personName(found, index)}`,
        ]),
        ['different', found.people.length === 1 ? verdictWords.different : 'None of these people'],
        ['cannot-tell', verdictWords['cannot-tell']],
      ];
  const reasons: [string, string[]][] = isSealed
    ? Object.entries(sealedReasonWords).map(([verdict, words]) => [
        sealedVerdictWords[verdict as keyof typeof sealedVerdictWords],
        words,
      ])
    : (Object.keys(reasonWords) as Verdict[]).map((verdict) => [verdictWords[verdict], reasonWords[verdict]]);
  return (
    <form method="post">
      <div className="nhsuk-form-group">
        <fieldset className="nhsuk-fieldset">
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
            <h2 className="nhsuk-fieldset__heading">Your answer</h2>
          </legend>
          {found.twice && (
            <p className="nhsuk-hint">Two reviewers look at this case. Neither sees what the other thinks.</p>
          )}
          <div className="nhsuk-radios">
            {answers.map(([value, words], index) => (
              <Radio
                key={value}
                id={`verdict-${index}`}
                name="verdict"
                option={{ value, label: words }}
                isRequired
              />
            ))}
          </div>
        </fieldset>
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="reason">
          Why
        </label>
        <select className="nhsuk-select" id="reason" name="reason" required defaultValue="">
          <option value="">Choose a reason</option>
          {reasons.map(([answer, words]) => (
            <optgroup key={answer} label={answer}>
              {words.map((reason) => (
                <option key={reason}>{reason}</option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor="note">
          Note (if you wish)
        </label>
        <textarea className="nhsuk-textarea" id="note" name="note" rows={2} maxLength={2000} />
      </div>
      <Initials reviewer={reviewer} />
      <button className="nhsuk-button" type="submit">
        Decide, and go to the next case
      </button>
    </form>
  );
}
