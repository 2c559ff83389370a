import { useWhy } from '../frame/use-why.ts';
import { becauseWords, keptBack, listed, partWords, type KeptBack } from '../words/why.ts';

/** Why this record is open to whoever looks, and what the rules keep back. Closed until it is asked for; it opens without script. */
export function WhyPanel() {
  const why = useWhy();
  if (why === undefined) return null;
  const kept = keptBack(why.parts);
  return (
    <details className="small-details why">
      <summary>Why can I see this?</summary>
      {becauseWords(why.because.map(({ says }) => says)).map((says) => (
        <p key={says}>{says}</p>
      ))}
      {kept.length === 0 ? (
        <p>No rule keeps a whole part of this record from you.</p>
      ) : (
        <>
          <h2 className="nhsuk-heading-s">What is not shown to you, if there is any</h2>
          <ul className="why__kept">
            {kept.map((each) => (
              <li key={each.parts.map(({ name }) => name).join()}>
                <Kept kept={each} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>Single entries can be closed too. Nobody is told whether there are any.</p>
    </details>
  );
}

/** True where the rules keep all of these sorts of information back, whether or not there is any. */
export function useIsClosed(names: readonly string[]): boolean {
  const parts = useWhy()?.parts.filter(({ name }) => names.includes(name)) ?? [];
  return parts.length > 0 && parts.every(({ state }) => state === 'closed');
}

/** Beside a part of the record: says that the rules keep some or all of it back, and how to ask. Nothing where they do not. */
export function NotShown({ of: names }: { of: readonly string[] }) {
  const isAll = useIsClosed(names);
  const parts = useWhy()?.parts.filter(({ name }) => names.includes(name)) ?? [];
  const kept = keptBack(parts);
  if (kept.length === 0) return null;
  return (
    <details className="small-details why">
      <summary>
        {isAll ? 'This is not shown to you' : 'Some of this is not shown to you'}
        <span className="nhsuk-u-visually-hidden">: {listed(parts.map(partWords))}</span>
      </summary>
      {kept.map((each) => (
        <Reasons key={each.says.join()} kept={each} />
      ))}
    </details>
  );
}

function Kept({ kept }: { kept: KeptBack }) {
  const isSome = kept.parts.some(({ state }) => state === 'some');
  return (
    <>
      <strong>
        {isSome ? 'Some of: ' : ''}
        {listed(kept.parts.map(partWords))}
      </strong>
      <Reasons kept={kept} />
    </>
  );
}

function Reasons({ kept: { says, waysOut } }: { kept: KeptBack }) {
  return (
    <>
      {says.map((each) => (
        <p key={each}>{each}</p>
      ))}
      <p>How to ask: {waysOut.join(' ')}</p>
    </>
  );
}
