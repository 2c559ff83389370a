import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { beganWords, NowAndPast, yearSpan } from '../../components/groups.tsx';
import { titled } from '../../components/page.tsx';
import { readParts } from './load.ts';

export const meta = titled('Problems');

export async function loader(args: LoaderFunctionArgs) {
  const { problems } = await readParts(args, ['problems']);
  return { problems, personId: args.params['personId'] as string };
}

export default function Problems() {
  const { problems, personId } = useLoaderData<typeof loader>();
  return (
    <NowAndPast
      title="Problems"
      now={{ groups: problems.active, since: { heading: 'Since', of: beganWords } }}
      past={{ groups: problems.past, since: { heading: 'When', of: yearSpan } }}
      personId={personId}
    />
  );
}
