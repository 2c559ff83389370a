import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { beganWords, GroupSheet, yearSpan } from '../../components/groups.tsx';
import { titled } from '../../components/page.tsx';
import { readParts } from './load.ts';

export const meta = titled('Problems');

export async function loader(args: LoaderFunctionArgs) {
  const { problems } = await readParts(args, ['problems']);
  return { problems, personId: args.params['personId'] as string };
}

export default function Problems() {
  const { problems, personId } = useLoaderData<typeof loader>();
  const lists = [
    {
      title: 'Now',
      groups: problems.active,
      what: 'current problems are',
      since: { heading: 'Since', of: beganWords },
    },
    {
      title: 'Past',
      groups: problems.past,
      what: 'past problems are',
      since: { heading: 'When', of: yearSpan },
    },
  ];
  return (
    <>
      <h1 className="nhsuk-heading-l">Problems</h1>
      {lists.map(({ title, groups, what, since }) => (
        <GroupSheet
          key={title}
          title={title}
          subject="Problems"
          groups={groups}
          what={what}
          personId={personId}
          since={since}
        />
      ))}
    </>
  );
}
