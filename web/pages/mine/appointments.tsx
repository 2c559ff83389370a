import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { titled } from '../../components/page.tsx';
import { readMine } from './load.ts';
import { Item, Part, Steps, When } from './parts.tsx';

export const meta = titled('My appointments');

export async function loader({ context }: LoaderFunctionArgs) {
  const { appointments, referrals } = await readMine(context);
  return {
    coming: appointments.filter(({ isComing }) => isComing).toReversed(),
    past: appointments.filter(({ isComing }) => !isComing),
    referrals,
  };
}

/** Appointments to come and past, and where each referral stands. */
export default function Appointments() {
  const { coming, past, referrals } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="nhsuk-heading-l">My appointments</h1>
      <Part id="coming" title="Coming up">
        <AppointmentList items={coming} none="You have no appointment coming up that we know of." />
      </Part>
      <Part id="referrals" title="Where you were sent">
        {referrals.length === 0 ? (
          <p className="nothing">Nobody has sent you to another service that we know of.</p>
        ) : (
          <ul className="mine-list">
            {referrals.map((each) => (
              <Item key={each.of[0]?.id} item={{ ...each, when: null }}>
                <Steps referral={each} />
              </Item>
            ))}
          </ul>
        )}
      </Part>
      <Part id="past" title="In the past">
        <AppointmentList items={past} none="Nothing is written down." />
      </Part>
    </>
  );
}

type Appointment = Awaited<ReturnType<typeof loader>>['past'][number];

function AppointmentList({ items, none }: { items: Appointment[]; none: string }) {
  if (items.length === 0) return <p className="nothing">{none}</p>;
  return (
    <ul className="mine-list">
      {items.map((each) => (
        <Item key={each.of[0]?.id} item={{ ...each, when: null }}>
          <When appointment={each} />
        </Item>
      ))}
    </ul>
  );
}
