import type { Entry, Saying } from '../api/record.ts';
import { dateWords } from '../words/dates.ts';
import { factName, factValue } from '../words/record.ts';

/** Who says an entry: one source by name, several in a list that opens. Each leads to the words as they were recorded. */
export function Sources({ entry, personId }: { entry: Entry; personId: string }) {
  const [first, ...rest] = entry.said;
  if (first === undefined) return null;
  if (rest.length === 0) return <SayingLink saying={first} personId={personId} title={entry.title} />;
  const names = new Set(entry.said.map((each) => each.source));
  const summary =
    names.size === 1 ? `${first.source}, recorded ${entry.said.length} times` : `From ${names.size} sources`;
  return (
    <details className="small-details">
      <summary>
        {summary}
        <span className="nhsuk-u-visually-hidden">: {entry.title}</span>
      </summary>
      <ul>
        {entry.said.map((saying) => (
          <li key={`${saying.type}/${saying.id}`}>
            <SayingLink saying={saying} personId={personId} title={entry.title} />
            {details(saying)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function SayingLink({ saying, personId, title }: { saying: Saying; personId: string; title: string }) {
  return (
    <a href={`/people/${personId}/entries/${saying.type}/${saying.id}`}>
      {saying.source}
      <span className="nhsuk-u-visually-hidden">: {title}, as recorded</span>
    </a>
  );
}

function details({ signedBy, recorded }: Saying): string {
  const parts = [signedBy, recorded === undefined ? undefined : `recorded ${dateWords(recorded)}`];
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? '' : `, ${known.join(', ')}`;
}

/** What the sources contradict each other on, with who says which. */
export function Disputes({ entry }: { entry: Entry }) {
  const disputed = entry.disputed ?? [];
  if (disputed.length === 0) return null;
  return (
    <div className="dispute">
      <strong className="nhsuk-tag nhsuk-tag--orange">Sources differ</strong>
      <ul>
        {disputed.map((name) => (
          <li key={name}>
            {factName(name)}: {valuesOf(entry, name)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function valuesOf(entry: Entry, name: string): string {
  const values = entry.differing?.[name] ?? [];
  return values
    .map(
      ({ value, by }) => `${factValue(name, value)} (${by.map((one) => entry.said[one]?.source).join(', ')})`,
    )
    .join('; ');
}

/** The value of a fact where the sources agree or only one gives it; undefined when unknown or contradicted. */
export function factOf(entry: Entry, name: string): string | undefined {
  const differing = entry.differing?.[name];
  return entry.facts[name] ?? (differing?.length === 1 ? differing[0]?.value : undefined);
}
