import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { GroupTable } from '../../components/groups.tsx';
import { doseColumn, takenWords } from '../../components/medicine-columns.tsx';
import { titled } from '../../components/page.tsx';
import { NothingRecorded } from '../../components/section.tsx';
import { numberWords } from '../../words/numbers.ts';
import { readParts } from './load.ts';

export const meta = titled('Medicines');

export async function loader(args: LoaderFunctionArgs) {
  const { medicines } = await readParts(args, ['medicines']);
  return { medicines, personId: args.params['personId'] as string };
}

export default function Medicines() {
  const { medicines, personId } = useLoaderData<typeof loader>();
  const lists = [
    { title: 'Now', groups: medicines.current, what: 'current medicines are' },
    { title: 'Past', groups: medicines.past, what: 'past medicines are' },
  ];
  return (
    <>
      <h1 className="nhsuk-heading-l">Medicines</h1>
      {lists.map(({ title, groups, what }) => (
        <section key={title} className="sheet" aria-labelledby={title}>
          <h2 id={title}>
            {title} {groups.total > 0 && <span className="count">({numberWords(groups.total)})</span>}
          </h2>
          {groups.total === 0 ? (
            <NothingRecorded what={what} />
          ) : (
            <GroupTable
              caption={`Medicines: ${title.toLowerCase()}`}
              hideCaption
              groups={groups}
              personId={personId}
              extra={[doseColumn]}
              since={{ heading: 'Latest', of: takenWords }}
            />
          )}
        </section>
      ))}
    </>
  );
}
