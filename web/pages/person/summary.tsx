import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { PersonRecord } from '../../api/record.ts';
import { Alerts } from '../../components/alerts.tsx';
import { AllergyList } from '../../components/allergy-list.tsx';
import { EntryTable } from '../../components/entries.tsx';
import { beganWords, GroupTable } from '../../components/groups.tsx';
import { doseColumn, takenWords } from '../../components/medicine-columns.tsx';
import { titled } from '../../components/page.tsx';
import { ResultTable } from '../../components/result-rows.tsx';
import { NothingRecorded, Section } from '../../components/section.tsx';
import { countWords } from '../../words/numbers.ts';
import { readParts } from './load.ts';

export const meta = titled('Record');

const latest = 8;

export async function loader(args: LoaderFunctionArgs) {
  const record = await readParts(
    args,
    [
      'alerts',
      'problems',
      'medicines',
      'allergies',
      'immunisations',
      'results',
      'encounters',
      'documents',
      'plans',
      'setAside',
      'sources',
    ],
    { latest, points: 24 },
  );
  return { record, personId: args.params['personId'] as string };
}

/** The record at a glance: what matters now, latest first, with the way to all of it. */
export default function Summary() {
  const { record, personId } = useLoaderData<typeof loader>();
  const base = `/people/${personId}`;
  return (
    <>
      <h1 className="nhsuk-heading-l">Summary</h1>
      {record.sources.length > 0 && (
        <p>
          Joined from {countWords(record.sources.length, 'source')}: {sourceNames(record.sources)}
        </p>
      )}
      <Alerts alerts={record.alerts} personId={personId} />
      <div className="sections">
        <Problems record={record} personId={personId} />
        <Medicines record={record} personId={personId} />
        <Section
          id="allergies"
          of={['allergies']}
          title="Allergies"
          total={record.allergies.active.total}
          to={`${base}/allergies`}
        >
          <AllergyList allergies={record.allergies} personId={personId} />
        </Section>
        <Vaccinations record={record} personId={personId} />
        <Section
          id="results"
          of={['results']}
          title="Latest results"
          shown={record.results.items.length}
          total={record.results.total}
          to={`${base}/results`}
          wide
        >
          {record.results.total === 0 ? (
            <NothingRecorded what="results are" />
          ) : (
            <ResultTable
              caption="Latest results"
              hideCaption
              series={record.results.items}
              personId={personId}
            />
          )}
        </Section>
        <Contacts record={record} personId={personId} />
        <Documents record={record} personId={personId} />
      </div>
      {record.setAside.total > 0 && (
        <p>
          <a href={`${base}/taken-back`}>
            {countWords(record.setAside.total, 'entry', 'entries')} taken back or ruled out
          </a>{' '}
          {record.setAside.total === 1 ? 'is' : 'are'} not shown here.
        </p>
      )}
    </>
  );
}

type Part<Name extends keyof PersonRecord> = { record: Pick<PersonRecord, Name>; personId: string };

function sourceNames(sources: PersonRecord['sources']): string {
  const names = sources.slice(0, 3).map((source) => source.name);
  const rest = sources.length - names.length;
  return rest === 0 ? `${names.join(', ')}.` : `${names.join(', ')} and ${countWords(rest, 'other')}.`;
}

function Problems({ record: { problems }, personId }: Part<'problems'>) {
  const { active, past } = problems;
  return (
    <Section
      id="problems"
      of={['conditions']}
      title="Problems now"
      shown={active.items.length}
      total={active.total}
      to={`/people/${personId}/problems`}
    >
      {active.total === 0 ? (
        <NothingRecorded what="current problems are" />
      ) : (
        <GroupTable
          caption="Problems now"
          hideCaption
          groups={active}
          personId={personId}
          since={{ heading: 'Since', of: beganWords }}
        />
      )}
      {past.total > 0 && <p className="aside">{countWords(past.total, 'past problem')} on the full page.</p>}
    </Section>
  );
}

function Medicines({ record: { medicines }, personId }: Part<'medicines'>) {
  const { current, past } = medicines;
  return (
    <Section
      id="medicines"
      of={['medication']}
      title="Medicines now"
      shown={current.items.length}
      total={current.total}
      to={`/people/${personId}/medicines`}
    >
      {current.total === 0 ? (
        <NothingRecorded what="current medicines are" />
      ) : (
        <GroupTable
          caption="Medicines now"
          hideCaption
          groups={current}
          personId={personId}
          extra={[doseColumn]}
          since={{ heading: 'Latest', of: takenWords }}
        />
      )}
      {past.total > 0 && <p className="aside">{countWords(past.total, 'past medicine')} on the full page.</p>}
    </Section>
  );
}

function Vaccinations({ record: { immunisations }, personId }: Part<'immunisations'>) {
  return (
    <Section
      id="vaccinations"
      of={['immunisations']}
      title="Vaccinations"
      shown={immunisations.items.length}
      total={immunisations.total}
      to={`/people/${personId}/vaccinations`}
    >
      {immunisations.total === 0 ? (
        <NothingRecorded what="vaccinations are" />
      ) : (
        <EntryTable caption="Vaccinations" hideCaption entries={immunisations.items} personId={personId} />
      )}
    </Section>
  );
}

function Contacts({ record: { encounters }, personId }: Part<'encounters'>) {
  return (
    <Section
      id="contacts"
      of={['involvement']}
      title="Latest contacts"
      shown={encounters.items.length}
      total={encounters.total}
      to={`/people/${personId}/contacts`}
    >
      {encounters.total === 0 ? (
        <NothingRecorded what="contacts are" />
      ) : (
        <EntryTable caption="Latest contacts" hideCaption entries={encounters.items} personId={personId} />
      )}
    </Section>
  );
}

function Documents({ record: { documents, plans }, personId }: Part<'documents' | 'plans'>) {
  return (
    <Section
      id="documents"
      of={['documents', 'plans']}
      title="Documents"
      shown={documents.items.length}
      total={documents.total}
      to={`/people/${personId}/documents`}
    >
      {documents.total === 0 ? (
        <NothingRecorded what="documents are" />
      ) : (
        <EntryTable caption="Documents" hideCaption entries={documents.items} personId={personId} />
      )}
      {plans.total > 0 && (
        <p>
          <a href={`/people/${personId}/plans`}>
            {countWords(plans.total, 'care plan, goal or team', 'care plans, goals and teams')}
          </a>
        </p>
      )}
    </Section>
  );
}
