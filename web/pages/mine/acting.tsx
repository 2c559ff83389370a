import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { PlainRecord } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { HealthParts } from './health.tsx';
import { Item, Items, Part, Steps, When } from './parts.tsx';
import { TestList } from './tests.tsx';

export const meta = titled('The record of somebody I act for');

export const loader = async ({ params, context }: LoaderFunctionArgs) =>
  read<PlainRecord>(context, `/api/mine/for/${encodeURIComponent(params['personId'] ?? '')}/record`);

/** What somebody may see of a person they act for. It can only be looked at. */
export default function ActingFor() {
  const record = useLoaderData<typeof loader>();
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine/people">My people</a>
      </p>
      <h1 className="nhsuk-heading-l">The record of {record.name}</h1>
      <div className="nhsuk-inset-text">
        <p>You act for {record.name}. What you may not see is left out. Each look is on their list.</p>
      </div>
      <Part id="appointments" title="Appointments">
        {record.appointments.length === 0 && <p className="nothing">Nothing here.</p>}
        <ul className="mine-list">
          {record.appointments.map((each) => (
            <Item key={each.of[0]?.id} item={{ ...each, when: null }} mine={false}>
              <When appointment={each} />
            </Item>
          ))}
        </ul>
      </Part>
      <Part id="referrals" title="Where they were sent">
        {record.referrals.length === 0 && <p className="nothing">Nothing here.</p>}
        <ul className="mine-list">
          {record.referrals.map((each) => (
            <Item key={each.of[0]?.id} item={{ ...each, when: null }} mine={false}>
              <Steps referral={each} />
            </Item>
          ))}
        </ul>
      </Part>
      <HealthParts {...record} mine={false} />
      <Part id="tests" title="Tests">
        <TestList tests={record.tests} mine={false} />
      </Part>
      <Part id="plans" title="Plans">
        <Items items={record.plans} none="Nothing here." mine={false} />
      </Part>
      <Part id="letters" title="Letters">
        <Items items={record.documents} none="Nothing here." mine={false} />
      </Part>
    </>
  );
}
