/** Why a record is open to whoever looks, and what the rules keep from them, whether or not there is any. */
import type { LoaderFunctionArgs } from 'react-router';
import { viewerOf } from '../frame/viewer.ts';
import { readIfAllowed } from './client.ts';

export type Told = { rule: string; says: string; wayOut: string | null };

export type WhyPart = {
  kind: 'class' | 'label';
  name: string;
  words: string | null;
  state: 'open' | 'some' | 'closed';
  mayBreak: boolean;
  reasons: Told[];
};

export type WhyOfPerson = { because: Told[]; parts: WhyPart[] };

/** Reads it for a person. Undefined where sign-in is not switched on: there everything is open, and nothing needs to be said. */
export async function readWhy(
  context: Readonly<LoaderFunctionArgs['context']>,
  personId: string,
): Promise<WhyOfPerson | undefined> {
  const viewer = await viewerOf(context);
  if (viewer.state !== 'signed-in') return undefined;
  return readIfAllowed<WhyOfPerson>(context, `/api/why/people/${personId}`);
}
