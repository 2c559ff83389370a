import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { PlainRecord } from '../../api/mine.ts';
import { titled } from '../../components/page.tsx';
import { listed } from '../../words/why.ts';
import { HealthParts } from './health.tsx';
import { Item, Items, Part, Steps, When } from './parts.tsx';
import { TestList } from './tests.tsx';

export const meta = titled('The record of somebody I act for');

export const loader = async ({ params, context }: LoaderFunctionArgs) =>
  read<PlainRecord>(context, `/api/mine/for/${encodeURIComponent(params['personId'] ?? '')}/record`);

/** What somebody may see of a person they act for. It can only be looked at. */
export default function ActingFor() {
  const record = useLoaderData<typeof loader>();
  const empty = emptyParts(record);
  return (
    <>
      <p className="nhsuk-body-s">
        <a href="/mine/people">My people</a>
      </p>
      <h1 className="nhsuk-heading-l">The record of {record.name}</h1>
      <div className="nhsuk-inset-text">
        <p>You act for {record.name}. What you may not see is left out. Each look is on their list.</p>
      </div>
      {record.appointments.length > 0 && (
        <Part id="appointments" title="Appointments">
          <ul className="mine-list">
            {record.appointments.map((each) => (
              <Item key={each.of[0]?.id} item={{ ...each, when: null }} mine={false}>
                <When appointment={each} />
              </Item>
            ))}
          </ul>
        </Part>
      )}
      {record.referrals.length > 0 && (
        <Part id="referrals" title="Where they were sent">
          <ul className="mine-list">
            {record.referrals.map((each) => (
              <Item key={each.of[0]?.id} item={{ ...each, when: null }} mine={false}>
                <Steps referral={each} />
              </Item>
            ))}
          </ul>
        </Part>
      )}
      <HealthParts {...record} mine={false} />
      {record.tests.length > 0 && (
        <Part id="tests" title="Tests">
          <TestList tests={record.tests} mine={false} />
        </Part>
      )}
      {record.plans.length > 0 && (
        <Part id="plans" title="Plans">
          <Items items={record.plans} mine={false} />
        </Part>
      )}
      {record.documents.length > 0 && (
        <Part id="letters" title="Letters">
          <Items items={record.documents} mine={false} />
        </Part>
      )}
      {empty.length > 0 && <p className="nothing">There is nothing to show about {listed(empty)}.</p>}
    </>
  );
}

/** What there is nothing of, in words: one line instead of many empty sheets. */
function emptyParts(record: PlainRecord): string[] {
  const { appointments, referrals, conditions, medicines, vaccinations, tests, plans, documents } = record;
  const parts: [string, number][] = [
    ['appointments', appointments.length],
    ['where they were sent', referrals.length],
    ['conditions', conditions.now.length + conditions.past.length],
    ['medicines', medicines.now.length + medicines.past.length],
    ['vaccinations', vaccinations.length],
    ['tests', tests.length],
    ['plans', plans.length],
    ['letters', documents.length],
  ];
  return parts.filter(([, count]) => count === 0).map(([name]) => name);
}
