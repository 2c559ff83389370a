import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import type { PlainRecord } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { readMine } from './load.ts';
import { Items, Part } from './parts.tsx';

export const meta = titled('My health');

export async function loader({ context }: LoaderFunctionArgs) {
  const { conditions, medicines, allergies, vaccinations } = await readMine(context);
  return { conditions, medicines, allergies, vaccinations };
}

/** Allergies first, because they can harm; then conditions, medicines and vaccinations. */
export default function Health() {
  return (
    <>
      <h1 className="nhsuk-heading-l">My health</h1>
      <HealthParts {...useLoaderData<typeof loader>()} />
    </>
  );
}

type Parts = Pick<PlainRecord, 'conditions' | 'medicines' | 'allergies' | 'vaccinations'>;

/** The parts, one sheet each. Somebody who acts for another is shown no empty sheets, but always the one of allergies. */
export function HealthParts({
  conditions,
  medicines,
  allergies,
  vaccinations,
  mine = true,
}: Parts & { mine?: boolean }) {
  const sheets = [
    { id: 'conditions', title: 'Conditions now', items: conditions.now },
    { id: 'medicines', title: 'Medicines now', items: medicines.now },
    { id: 'vaccinations', title: 'Vaccinations', items: vaccinations },
    { id: 'past-conditions', title: 'Conditions in the past', items: conditions.past },
    { id: 'past-medicines', title: 'Medicines in the past', items: medicines.past },
  ];
  return (
    <>
      <Part id="allergies" title="Allergies">
        <Items
          mine={mine}
          items={allergies.items}
          none={
            allergies.state === 'none-known'
              ? 'Somebody asked, and wrote down that there are none.'
              : 'Nobody has written any down. That does not mean there are none.'
          }
        />
      </Part>
      {sheets
        .filter(({ items }) => mine || items.length > 0)
        .map(({ id, title, items }) => (
          <Part key={id} id={id} title={title}>
            <Items mine={mine} items={items} />
          </Part>
        ))}
    </>
  );
}
