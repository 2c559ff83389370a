import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { AsRecorded } from '../../api/record.ts';
import { ResultMark } from '../../components/mark.tsx';
import { Fact } from '../../components/facts.tsx';
import { Sheet, titled } from '../../components/page.tsx';
import { dateTimeWords } from '../../words/dates.ts';
import { factName, factValue, kindWords, standingWords, typeWords } from '../../words/record.ts';
import { personApi } from './load.ts';

export const meta = titled('As recorded');

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { type = '', resource = '' } = params;
  const recorded = await read<AsRecorded>(context, `${personApi(params)}/statements/${type}/${resource}`);
  return { statement: recorded.statement, json: recorded.sent };
}

/** One entry as one source recorded it, down to the resource that was sent. */
export default function AsRecordedPage() {
  const { statement, json } = useLoaderData<typeof loader>();
  const rows: [string, string | undefined][] = [
    ['Source', statement.source],
    ['Signed by', statement.signedBy],
    ['Date', dateTimeWords(statement.when)],
    ['Standing', standingWords[statement.standing]],
    ...Object.entries(statement.facts).map(([name, value]): [string, string] => [
      factName(name),
      factValue(name, value),
    ]),
    ['Recorded', statement.recorded === undefined ? undefined : dateTimeWords(statement.recorded)],
    ['Received by OpenICS', dateTimeWords(statement.received)],
    ['Delivered by', statement.deliveredBy],
    ['Sort of entry', `${kindWords[statement.kind]} (FHIR ${typeWords(statement.type)})`],
  ];
  return (
    <>
      <h1 className="nhsuk-heading-l">{statement.title}</h1>
      {statement.standing === 'set-aside' && (
        <div className="nhsuk-inset-text">
          <p>This entry was taken back or ruled out. It is not a fact about this person.</p>
        </div>
      )}
      <Sheet>
        <dl className="nhsuk-summary-list">
          {statement.measure !== undefined && (
            <div className="nhsuk-summary-list__row">
              <dt className="nhsuk-summary-list__key">Value</dt>
              <dd className="nhsuk-summary-list__value">
                {statement.measure.text} <ResultMark measure={statement.measure} />
                {statement.measure.parts?.map((part) => (
                  <span className="aside" key={part.key}>
                    {part.title}: {part.measure.text}
                  </span>
                ))}
              </dd>
            </div>
          )}
          {rows.map(
            ([name, value]) =>
              value !== undefined && (
                <Fact key={name} name={name}>
                  {value}
                </Fact>
              ),
          )}
        </dl>
      </Sheet>
      <details className="nhsuk-details">
        <summary className="nhsuk-details__summary">
          <span className="nhsuk-details__summary-text">The resource as it was sent</span>
        </summary>
        <div className="nhsuk-details__text">
          <pre className="document-text" tabIndex={0} aria-label="FHIR resource">
            {json}
          </pre>
        </div>
      </details>
    </>
  );
}
