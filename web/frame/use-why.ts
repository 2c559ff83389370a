import { useRouteLoaderData } from 'react-router';
import type { WhyOfPerson } from '../api/why.ts';

/** Why the record of this page is open, for parts deep inside it. Undefined where nothing is kept back from anybody. */
export function useWhy(): WhyOfPerson | undefined {
  return useRouteLoaderData<{ why: WhyOfPerson | undefined }>('pages/person/frame')?.why;
}
