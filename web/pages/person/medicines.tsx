import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { GroupSheet } from '../../components/groups.tsx';
import { doseColumn, takenWords } from '../../components/medicine-columns.tsx';
import { titled } from '../../components/page.tsx';
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
        <GroupSheet
          key={title}
          title={title}
          subject="Medicines"
          groups={groups}
          what={what}
          personId={personId}
          extra={[doseColumn]}
          since={{ heading: 'Latest', of: takenWords }}
        />
      ))}
    </>
  );
}
