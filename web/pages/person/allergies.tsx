import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { AllergyList } from '../../components/allergy-list.tsx';
import { GroupTable, yearSpan } from '../../components/groups.tsx';
import { Sheet, titled } from '../../components/page.tsx';
import { numberWords } from '../../words/numbers.ts';
import { readParts } from './load.ts';

export const meta = titled('Allergies');

export async function loader(args: LoaderFunctionArgs) {
  const { allergies } = await readParts(args, ['allergies']);
  return { allergies, personId: args.params['personId'] as string };
}

export default function Allergies() {
  const { allergies, personId } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">Allergies</h1>
      <Sheet>
        <AllergyList allergies={allergies} personId={personId} />
      </Sheet>
      {allergies.past.total > 0 && (
        <Sheet>
          <h2>
            Past <span className="count">({numberWords(allergies.past.total)})</span>
          </h2>
          <GroupTable
            caption="Past allergies"
            hideCaption
            groups={allergies.past}
            personId={personId}
            since={{ heading: 'When', of: yearSpan }}
          />
        </Sheet>
      )}
    </>
  );
}
