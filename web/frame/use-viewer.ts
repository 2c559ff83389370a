import { useRouteLoaderData } from 'react-router';
import type { Viewer } from './viewer.ts';

/** Who looks at the page, for parts deep inside it. */
export function useViewer(): Viewer {
  return useRouteLoaderData<{ viewer: Viewer }>('root')?.viewer ?? { state: 'unknown' };
}

/** Whether the policy opens a part of OpenICS to whoever looks. Where sign-in is not switched on all of it is open. */
export function useMayOpen(part: string): boolean {
  const viewer = useViewer();
  return (
    viewer.state === 'machine' || (viewer.state === 'signed-in' && viewer.role?.parts.includes(part) === true)
  );
}
