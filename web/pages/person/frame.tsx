import { data, Outlet, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { Banner } from '../../api/record.ts';
import { readWhy } from '../../api/why.ts';
import { Page } from '../../components/page.tsx';
import { PatientBanner } from '../../components/patient-banner.tsx';
import { RecordNav } from '../../components/record-nav.tsx';
import { WhyPanel } from '../../components/why-panel.tsx';

export async function loader({ params, context }: LoaderFunctionArgs) {
  const personId = params['personId'] as string;
  if (!/^[0-9a-f-]{36}$/.test(personId))
    throw data({ title: 'There is no person at this address' }, { status: 404 });
  const [banner, why] = await Promise.all([
    read<Banner>(context, `/api/people/${personId}/banner`),
    readWhy(context, personId),
  ]);
  return { banner, why, personId, today: new Date().toISOString() };
}

/** What all pages of one record share: whose it is, and the ways through it. */
export default function Frame() {
  const { banner, personId, today } = useLoaderData<typeof loader>();
  return (
    <>
      <PatientBanner banner={banner} today={today} personId={personId} />
      <RecordNav personId={personId} />
      <Page>
        <WhyPanel />
        <Outlet />
      </Page>
    </>
  );
}
