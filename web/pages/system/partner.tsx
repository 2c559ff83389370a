import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Named, PartnerView } from '../../api/system.ts';
import { Fact } from '../../components/facts.tsx';
import { Page, Sheet, titled } from '../../components/page.tsx';
import { Table } from '../../components/table.tsx';
import { dateWords } from '../../words/dates.ts';
import { eventWords, kindWords, spanWords, tieWords } from '../../words/system.ts';
import { DateForm } from './date-form.tsx';
import { Contacts, Posts, Services, Sites } from './particulars.tsx';

export const meta = titled('Partner');

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const date = new URL(request.url).searchParams.get('date');
  const query = date === null || date === '' ? '' : `?${new URLSearchParams({ date })}`;
  return read<PartnerView>(
    context,
    `/api/organisations/${encodeURIComponent(params['partnerId'] ?? '')}${query}`,
  );
}

/** Who a partner is, where, what it belonged to and what became of it. */
export default function Partner() {
  const view = useLoaderData<typeof loader>();
  const { day, partner, events } = view;
  const name =
    partner.now?.name ?? partner.names[0]?.name ?? partner.identifiers[0]?.value ?? 'An organisation';
  return (
    <Page>
      <p className="nhsuk-body-s">
        <a href={`/system/partners?date=${day}`}>Who are our partners?</a>
      </p>
      <h1 className="nhsuk-heading-l">{name}</h1>
      <DateForm
        action={`/system/partners/${partner.id}`}
        day={day}
        keep={{}}
        changes={[...new Set(events.map(({ on }) => on))]}
      />
      {partner.now === null && <NotThere view={view} />}
      <Sheet>
        <Facts view={view} />
      </Sheet>
      <Sites sites={partner.sites} />
      <Services services={partner.services} sites={partner.sites} />
      <Contacts contacts={partner.contacts} />
      <Posts posts={partner.posts} />
      <Over view={view} />
      <Members members={view.members} day={day} />
    </Page>
  );
}

function NotThere({ view: { day, partner, replacedBy } }: { view: PartnerView }) {
  const why =
    partner.names.length === 0 ? 'We know it by its code only' : `It was not there on ${dateWords(day)}`;
  return (
    <div className="nhsuk-inset-text">
      <p>
        {why}.{replacedBy.length > 0 && ' In its place: '}
        {replacedBy.map((each, index) => (
          <span key={each.id}>
            {index > 0 && ', '}
            <PartnerLink to={each} day={day} />
          </span>
        ))}
      </p>
    </div>
  );
}

const PartnerLink = ({ to, day }: { to: { id: string; name: string }; day: string }) => (
  <a href={`/system/partners/${to.id}?date=${day}`}>{to.name}</a>
);

function Facts({ view: { day, partner, bodies, above, events } }: { view: PartnerView }) {
  const kind = partner.now?.kind ?? partner.names[0]?.kind;
  const tier = partner.now?.tier ?? null;
  const indirect = above.filter(({ id }) => !bodies.some((body) => body.id === id));
  return (
    <dl className="nhsuk-summary-list">
      <Fact name="Kind">
        {kind === undefined ? 'Not known' : kindWords(kind)}
        {tier !== null && (
          <>
            , <a href={`/system?within=${partner.id}&date=${day}`}>see it on the map</a>
          </>
        )}
      </Fact>
      <Fact name="Known by">
        {partner.identifiers.map(({ system, value }) => (
          <span key={`${system} ${value}`} className="place known-by">
            {value} <span className="count">{systemWords(system)}</span>
          </span>
        ))}
      </Fact>
      {bodies.length > 0 && (
        <Fact name={`On ${dateWords(day)}`}>
          {bodies.map((body) => (
            <span key={`${body.how} ${body.id}`} className="known-by">
              {tieWords(body.how)} <PartnerLink to={body} day={day} />
            </span>
          ))}
          {indirect.length > 0 && (
            <span className="aside">and so in {indirect.map(({ name }) => name).join(', ')}</span>
          )}
        </Fact>
      )}
      {events.length > 0 && (
        <Fact name="What became of it">
          {events.map((event) => (
            <span key={`${event.on} ${event.kind} ${event.from[0]?.id}`} className="known-by">
              {dateWords(event.on)}: {eventWords(event)}
            </span>
          ))}
        </Fact>
      )}
      {partner.source !== undefined && (
        <Fact name="Who says so">
          <span className="place">{partner.source}</span>
        </Fact>
      )}
    </dl>
  );
}

function systemWords(system: string): string {
  if (system.endsWith('/ods-organization-code')) return 'ODS code';
  if (system.endsWith(':ons-code')) return 'ONS code';
  if (system.endsWith('#organisation')) return 'name in its source';
  return system.endsWith('#area') ? 'area code' : system;
}

function Over({ view: { day, partner } }: { view: PartnerView }) {
  if (partner.stays.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption="What it belonged to, over time"
        rows={partner.stays}
        rowKey={(stay, index) => `${index} ${stay.body}`}
        columns={[
          {
            heading: 'Body',
            cell: (stay) => <PartnerLink to={{ id: stay.body, name: stay.bodyName }} day={day} />,
          },
          { heading: 'How', cell: (stay) => tieWords(stay.kind) },
          { heading: 'When', cell: (stay) => spanWords(stay) },
        ]}
      />
    </Sheet>
  );
}

function Members({ members, day }: { members: (Named & { how: string })[]; day: string }) {
  if (members.length === 0) return null;
  return (
    <Sheet>
      <Table
        caption={`Who belongs to it on ${dateWords(day)}`}
        rows={members.toSorted((a, b) => (a.name < b.name ? -1 : 1))}
        rowKey={({ id, how }) => `${how} ${id}`}
        columns={[
          { heading: 'Name', cell: (member) => <PartnerLink to={member} day={day} /> },
          { heading: 'Kind', cell: ({ kind }) => kindWords(kind) },
          { heading: 'How', cell: ({ how }) => tieWords(how) },
        ]}
      />
    </Sheet>
  );
}
