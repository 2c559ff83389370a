import { redirect, useLoaderData, type ActionFunctionArgs, type LoaderFunctionArgs } from 'react-router';
import { read, send } from '../../api/client.ts';
import type { Decision, Link, LinkedPerson, LinkedRecord, MovedPerson } from '../../api/identity.ts';
import { Fact } from '../../components/facts.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateTimeWords, shortDateTime } from '../../words/dates.ts';
import { bitsWords, fieldWords, methodWords, sentence, sourceWords } from '../../words/identity.ts';
import { countWords, numberWords } from '../../words/numbers.ts';
import { keepReviewer, reviewerOf } from './reviewer.ts';
import { sideValue, Values } from './side-by-side.tsx';

export const meta = titled('Who is this, and how do we know?');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const person = await read<LinkedPerson | MovedPerson>(
    context,
    `/api/identity/people/${encodeURIComponent(params['personId'] ?? '')}`,
  );
  if ('movedTo' in person) throw redirect(`/identity/people/${person.movedTo}`);
  return { person, reviewer: reviewerOf(request) };
}

/** Unlinks a record, or takes a decision back; then shows the person the record now is. */
export async function action({ request, params, context }: ActionFunctionArgs) {
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const why = { reviewer: text('reviewer'), reason: text('reason') };
  const patientId = text('patientId');
  const decision = text('decision');
  const here = `/identity/people/${params['personId']}`;
  if (why.reviewer === '' || why.reason === '') return redirect(here, 303);
  const { personId } =
    decision === ''
      ? await send<{ personId: string }>(context, '/api/identity/unlink', { ...why, patientId })
      : await send<{ personId: string }>(context, '/api/identity/take-back', {
          ...why,
          patientId,
          decision: Number(decision),
        });
  return redirect(`/identity/people/${personId}`, { status: 303, headers: keepReviewer(why.reviewer) });
}

/** Which records are of this person, and why. */
export default function Person() {
  const { person, reviewer } = useLoaderData<typeof loader>();
  const { records, decisions, history, personId } = person;
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href={`/people/${personId}`}>The joined record</a>
      </p>
      <h1 className="nhsuk-heading-l">Who is this, and how do we know?</h1>
      <p className="nhsuk-lede-text">{headline(records)}</p>
      {records.map((record) => (
        <Sheet key={record.link.patientId}>
          <RecordOf record={record} records={records} />
          {records.length > 1 && <Unlink record={record} reviewer={reviewer} />}
        </Sheet>
      ))}
      {decisions.length > 0 && <Decisions decisions={decisions} reviewer={reviewer} />}
      <Sheet>
        <Table
          caption="What was believed, and when"
          rows={history}
          rowKey={(link) => `${link.patientId} ${link.seq}`}
          columns={[
            { heading: 'Record', cell: (link) => recordName(records, link.patientId) },
            { heading: 'Why', cell: (link) => methodWords[link.method] },
            { heading: 'Person', cell: (link) => personWords(link, personId) },
            { heading: 'Holds', cell: (link) => `from ${shortDateTime(link.from)}${until(link.to)}` },
            {
              heading: 'Believed',
              cell: (link) => `from ${shortDateTime(link.recorded)}${until(link.recordedTo)}`,
            },
          ]}
        />
      </Sheet>
    </Page>
  );
}

/** How many records are linked, and by what. */
function headline(records: LinkedRecord[]): string {
  const linked = records.filter(({ link }) => link.via !== undefined);
  const count = `${countWords(records.length, 'record is', 'records are')} linked`;
  if (linked.length === 0) return `${count}.`;
  const byNumber = linked.filter(({ link }) => link.method.startsWith('nhs-number')).length;
  const byPeople = linked.filter(({ link }) => link.method === 'decided').length;
  const bySource = linked.filter(({ link }) => link.method === 'superseded').length;
  const byRest = linked.length - byNumber - byPeople - bySource;
  const ways = [
    ...(byNumber > 0 ? [`${numberWords(byNumber)} by NHS number`] : []),
    ...(byRest > 0 ? [`${numberWords(byRest)} by other particulars`] : []),
    ...(bySource > 0 ? [`${numberWords(bySource)} by its source`] : []),
    ...(byPeople > 0 ? [`${numberWords(byPeople)} by a reviewer`] : []),
  ];
  return `${count}: ${['the first', ...ways].join(', ')}.`;
}

const until = (to: string | null): string => (to === null ? ' until now' : ` to ${shortDateTime(to)}`);

function personWords(link: Link, personId: string) {
  return link.personId === personId ? (
    'This person'
  ) : (
    <a href={`/identity/people/${link.personId}`}>Another person</a>
  );
}

function recordName(records: LinkedRecord[], patientId: string | undefined): string {
  const index = records.findIndex(({ link }) => link.patientId === patientId);
  return index < 0 ? 'Another record' : `Record ${index + 1}`;
}

function RecordOf({ record, records }: { record: LinkedRecord; records: LinkedRecord[] }) {
  const { link, side, evidence } = record;
  const index = records.indexOf(record);
  return (
    <>
      <h2>
        Record {index + 1}: {(side && sideValue(side, 'name')[0]) ?? 'name not recorded'}
      </h2>
      <dl className="nhsuk-summary-list">
        {side !== null && (
          <>
            <Fact name="Source">{sourceWords(side)}</Fact>
            {(['birthDate', 'nhsNumber', 'sex', 'address'] as const).map((field) => (
              <Fact key={field} name={fieldWords[field]}>
                <Values side={side} field={field} />
              </Fact>
            ))}
          </>
        )}
        <Fact name="Why linked">
          {methodWords[link.method]}
          {link.via !== undefined && ` (with ${recordName(records, link.via).toLowerCase()})`}
          {link.reason !== undefined && `. ${sentence(link.reason)}`}
        </Fact>
        <Fact name="Decided by">
          {link.decidedBy === 'program' ? programWords(link.model) : link.decidedBy},{' '}
          {dateTimeWords(link.recorded)}
        </Fact>
      </dl>
      {evidence !== null && (
        <details className="small-details">
          <summary>
            The evidence of record {index + 1}:{' '}
            {link.weight === undefined ? '' : `${bitsWords(link.weight)} bits`}
          </summary>
          <ul>
            {evidence
              .filter(({ weight }) => weight !== 0)
              .map(({ comparison, level, weight }) => (
                <li key={comparison}>
                  {sentence(comparison)}: {level}, {bitsWords(weight)} bits
                </li>
              ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** A first record needs no model. */
const programWords = (model: string | undefined): string =>
  model === undefined ? 'The program' : `The program, by model ${model}`;

function Unlink({ record, reviewer }: { record: LinkedRecord; reviewer: string }) {
  const { patientId } = record.link;
  return (
    <details className="small-details">
      <summary>This record is of somebody else</summary>
      <form method="post">
        <input type="hidden" name="patientId" value={patientId} />
        <WhyFields name={patientId} reviewer={reviewer} />
        <button className="nhsuk-button nhsuk-button--warning" type="submit">
          Unlink this record
        </button>
      </form>
    </details>
  );
}

function WhyFields({ name, reviewer }: { name: string; reviewer: string }) {
  return (
    <>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor={`reason-${name}`}>
          Reason
        </label>
        <input className="nhsuk-input" id={`reason-${name}`} name="reason" maxLength={500} required />
      </div>
      <div className="nhsuk-form-group">
        <label className="nhsuk-label" htmlFor={`reviewer-${name}`}>
          Your initials
        </label>
        <input
          className="nhsuk-input nhsuk-input--width-10"
          id={`reviewer-${name}`}
          name="reviewer"
          defaultValue={reviewer}
          maxLength={60}
          required
        />
      </div>
    </>
  );
}

const kindWords: Record<Decision['kind'], string> = {
  same: 'Is one person with',
  different: 'Is not one person with',
  superseded: 'Was replaced by its source with',
};

function Decisions({ decisions, reviewer }: { decisions: Decision[]; reviewer: string }) {
  return (
    <Sheet>
      <h2>Decisions that stand</h2>
      {decisions.map((each) => {
        const name = `${each.patientId}-${each.decision}`;
        return (
          <div key={name} className="decision">
            <p>
              {kindWords[each.kind]} {countWords(each.others.length, 'other record')}. {each.reason} (
              {each.by}, {dateTimeWords(each.recorded)})
            </p>
            {each.mayBeTakenBack && (
              <details className="small-details">
                <summary>Take this decision back</summary>
                <form method="post">
                  <input type="hidden" name="patientId" value={each.patientId} />
                  <input type="hidden" name="decision" value={each.decision} />
                  <WhyFields name={name} reviewer={reviewer} />
                  <button className="nhsuk-button nhsuk-button--secondary" type="submit">
                    Take it back
                  </button>
                </form>
              </details>
            )}
          </div>
        );
      })}
    </Sheet>
  );
}
