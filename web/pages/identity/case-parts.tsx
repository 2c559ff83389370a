import type { CaseDetail, CasePerson } from '../../api/identity.ts';
import { WaterfallChart } from '../../charts/waterfall.tsx';
import { Sheet } from '../../components/page.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { sentence, sourceWords, stateWords, verdictWords } from '../../words/identity.ts';
import { SideBySide } from './side-by-side.tsx';

/** What a person of a case is called on its page. */
export const personName = ({ people }: CaseDetail, index: number): string =>
  people.length === 1 ? 'The person we know' : `Person ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[index] ?? index + 1}`;

/** One of the people a record may belong to: side by side with it, and what speaks for and against. */
export function Person({ found, person, name }: { found: CaseDetail; person: CasePerson; name: string }) {
  if (found.patient === null) return null;
  return (
    <Sheet>
      <h2>{name}</h2>
      <p className="nhsuk-body-s">
        This record: {sourceWords(found.patient)}. Known record: {sourceWords(person.side)}.{' '}
        <a href={`/identity/people/${person.side.personId ?? person.personId}`}>All records of this person</a>
      </p>
      <SideBySide
        caption={`Side by side with ${name.toLowerCase()}`}
        left={found.patient}
        right={person.side}
        agreements={person.agreements}
      />
      <WaterfallChart
        evidence={person.evidence}
        link={found.thresholds.link}
        caption="What speaks for and against"
      />
      {person.evidence.vetoes.length > 0 && (
        <p>
          <strong>Never linked without a reviewer: </strong>
          {person.evidence.vetoes.map(sentence).join(', ')}.
        </p>
      )}
    </Sheet>
  );
}

/** What was decided, by whom and why. */
export function Decided({ found }: { found: CaseDetail }) {
  return (
    <Sheet>
      <h2>{stateWords[found.state]}</h2>
      <ul>
        {found.opinions.map(({ reviewer, verdict, reason, note, given }) => (
          <li key={reviewer}>
            {reviewer}: {verdict === undefined ? '' : verdictWords[verdict]}. {reason}. {note}{' '}
            <span className="aside">{dateTimeWords(given)}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
