import { data, useLoaderData, type LoaderFunctionArgs, type MetaFunction } from 'react-router';
import type { Entry, List, PersonRecord } from '../../api/record.ts';
import { EntryTable } from '../../components/entries.tsx';
import { Sheet } from '../../components/page.tsx';
import { itemsOf, pageAsked, Pager } from '../../components/pager.tsx';
import { NothingRecorded } from '../../components/section.tsx';
import { numberWords } from '../../words/numbers.ts';
import { readParts } from './load.ts';

type ListPart = {
  [Part in keyof PersonRecord]: PersonRecord[Part] extends List<Entry> ? Part : never;
}[keyof PersonRecord];

type Kind = { part: ListPart; title: string; what: string; about?: string; showKind?: boolean };

/** The plain lists of a record, by the last part of their address. */
const lists: Record<string, Kind> = {
  vaccinations: { part: 'immunisations', title: 'Vaccinations', what: 'vaccinations are' },
  contacts: { part: 'encounters', title: 'Contacts with services', what: 'contacts are' },
  procedures: { part: 'procedures', title: 'Procedures', what: 'procedures are' },
  reports: { part: 'reports', title: 'Reports', what: 'reports are' },
  plans: { part: 'plans', title: 'Care plans, goals and teams', what: 'plans are' },
  others: { part: 'others', title: 'Other entries', what: 'other entries are', showKind: true },
  'taken-back': {
    part: 'setAside',
    title: 'Taken back or ruled out',
    what: 'entries taken back are',
    about:
      'A source recorded these by mistake, or looked and ruled them out. They are not facts about this person.',
    showKind: true,
  },
};

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => [
  { title: `${loaderData?.title ?? 'Record'} – OpenICS` },
];

export async function loader(args: LoaderFunctionArgs) {
  const list = lists[args.params['list'] ?? ''];
  if (list === undefined) throw data({ title: 'There is no such page' }, { status: 404 });
  const record = await readParts(args, [list.part]);
  const { items, total } = record[list.part];
  const page = pageAsked(args.request, total);
  return { ...list, items: itemsOf(items, page), total, page, personId: args.params['personId'] as string };
}

export default function EntryList() {
  const { title, what, about, showKind, items, total, page, personId } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">
        {title} {total > 0 && <span className="count">({numberWords(total)})</span>}
      </h1>
      {about !== undefined && <p>{about}</p>}
      {total === 0 ? (
        <NothingRecorded what={what} />
      ) : (
        <Sheet>
          <EntryTable
            caption={title}
            hideCaption
            entries={items}
            personId={personId}
            showKind={showKind ?? false}
          />
        </Sheet>
      )}
      <Pager total={total} page={page} />
    </>
  );
}
