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

export function HealthParts({
  conditions,
  medicines,
  allergies,
  vaccinations,
  mine = true,
}: Parts & { mine?: boolean }) {
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
      <Part id="conditions" title="Conditions now">
        <Items mine={mine} items={conditions.now} none="Nothing is written down." />
      </Part>
      <Part id="medicines" title="Medicines now">
        <Items mine={mine} items={medicines.now} none="Nothing is written down." />
      </Part>
      <Part id="vaccinations" title="Vaccinations">
        <Items mine={mine} items={vaccinations} none="Nothing is written down." />
      </Part>
      <Part id="past" title="In the past">
        <h3 className="nhsuk-heading-s">Conditions</h3>
        <Items mine={mine} items={conditions.past} none="Nothing is written down." />
        <h3 className="nhsuk-heading-s">Medicines</h3>
        <Items mine={mine} items={medicines.past} none="Nothing is written down." />
      </Part>
    </>
  );
}
