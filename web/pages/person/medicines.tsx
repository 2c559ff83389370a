import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { NowAndPast } from '../../components/groups.tsx';
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
  const since = { heading: 'Latest', of: takenWords };
  return (
    <NowAndPast
      title="Medicines"
      now={{ groups: medicines.current, since }}
      past={{ groups: medicines.past, since }}
      personId={personId}
      extra={[doseColumn]}
    />
  );
}
