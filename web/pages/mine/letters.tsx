import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { titled } from '../../components/page.tsx';
import { readMine } from './load.ts';
import { Item, Items, Part } from './parts.tsx';

export const meta = titled('My plans and letters');

export async function loader({ context }: LoaderFunctionArgs) {
  const { plans, documents, personId } = await readMine(context);
  return { plans, documents, personId };
}

export default function Letters() {
  const { plans, documents, personId } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">My plans and letters</h1>
      <Part id="plans" title="My plans">
        <Items items={plans} none="Nobody has written a plan with you that we know of." />
      </Part>
      <Part id="letters" title="My letters">
        {documents.length === 0 ? (
          <p className="nothing">There are no letters that we know of.</p>
        ) : (
          <ul className="mine-list">
            {documents.map((each) => (
              <Item key={`${each.of[0]?.type} ${each.of[0]?.id}`} item={each}>
                {each.files.map(({ title, address }) => (
                  <p key={`${title} ${address}`}>
                    {address === null ? (
                      'We do not hold this letter. Ask who wrote it.'
                    ) : (
                      <a href={`/api/people/${personId}/attachments/${address}`}>Open: {title}</a>
                    )}
                  </p>
                ))}
              </Item>
            ))}
          </ul>
        )}
      </Part>
    </>
  );
}
