/** Loads parts of the record whose page this is. */
import type { LoaderFunctionArgs } from 'react-router';
import { read } from '../../api/client.ts';
import type { PersonRecord } from '../../api/record.ts';

/** The address of the API for the person in the page's address. */
export function personApi(params: LoaderFunctionArgs['params']): string {
  return `/api/people/${encodeURIComponent(params['personId'] ?? '')}`;
}

/** Reads only these parts; `latest` cuts each list, `points` each group in it. */
export async function readParts<Part extends keyof PersonRecord>(
  { params, context }: LoaderFunctionArgs,
  parts: Part[],
  cut: { latest?: number; points?: number } = {},
): Promise<Pick<PersonRecord, Part | 'banner'>> {
  const query = new URLSearchParams({ parts: parts.join(',') });
  for (const [name, value] of Object.entries(cut)) query.set(name, String(value));
  return read(context, `${personApi(params)}/record?${query}`);
}
