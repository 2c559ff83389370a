import { useLoaderData } from 'react-router';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { dateWords } from '../../words/dates.ts';
import { countWords } from '../../words/numbers.ts';
import { plain } from '../../words/privacy.ts';
import { loadPolicy } from './load.ts';
import { PolicyNav } from './nav.tsx';

export const meta = titled('Versions of the policy');
export const loader = loadPolicy;

/** Every version of the policy, with what it changed. */
export default function Versions() {
  const { versions } = useLoaderData<typeof loader>();
  return (
    <Page>
      <PolicyNav />
      <h1 className="nhsuk-heading-l">Versions of the policy</h1>
      {versions.map((each, at) => (
        <Sheet key={`${each.version} ${at}`}>
          <h2 className="nhsuk-heading-m">
            {each.version}, from {dateWords(each.from)}
          </h2>
          {each.inForce && (
            <p>
              <strong className="nhsuk-tag nhsuk-tag--green">In force today</strong>
            </p>
          )}
          {each.note !== null && <p>{each.note}</p>}
          {each.changes === null ? (
            <p>The first version: it comes with OpenICS.</p>
          ) : (
            <>
              <p>
                {countWords(each.changes.length, 'statement differs', 'statements differ')} from the version
                before.
              </p>
              <ul>
                {each.changes.map((change) => (
                  <li key={`${change.place} ${change.name}`}>
                    {plain(change.place)}: {plain(change.name)} {change.what}
                    {change.fields.length > 0 && ` (${change.fields.join(', ')})`}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Sheet>
      ))}
    </Page>
  );
}
