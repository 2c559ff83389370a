import { redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { read } from '../api/client.ts';
import type { Demonstration, Overview } from '../api/record.ts';
import { DemonstrationNote } from '../components/demonstration-note.tsx';
import { titled } from '../components/page.tsx';
import { viewerOf } from '../frame/viewer.ts';
import { loadToday } from './today/load.ts';
import { StartPage } from './today/start.tsx';
import { TodayPage } from './today/today.tsx';

export const meta = titled('Today');

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await viewerOf(context);
  if (viewer.state === 'signed-out') throw redirect('/sign-in', 303);
  if (viewer.state === 'signed-in' && viewer.kind === 'person') throw redirect('/mine', 303);
  const demonstration = await read<Demonstration>(context, '/api/demonstration');
  if (viewer.state === 'signed-in')
    return { kind: 'today' as const, today: await loadToday(context, request, viewer), demonstration };
  return { kind: 'start' as const, overview: await read<Overview>(context, '/api/overview'), demonstration };
}

/** What needs whoever is signed in; where sign-in is not switched on, the search and what the record holds. */
export default function Home() {
  const page = useLoaderData<typeof loader>();
  if (page.kind === 'start') return <StartPage overview={page.overview} demonstration={page.demonstration} />;
  return <TodayPage today={page.today} note={<DemonstrationNote demonstration={page.demonstration} />} />;
}
