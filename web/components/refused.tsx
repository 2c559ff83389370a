import { isRouteErrorResponse } from 'react-router';
import type { Refusal } from '../api/client.ts';
import { Page } from './page.tsx';

/** Says what did not work, whether anything is lost, and what to do. */
export function Refused({ error }: { error: unknown }) {
  const { title, wayOut } = sayings(error);
  return (
    <Page>
      <h1 className="nhsuk-heading-l">{title}</h1>
      <p>{wayOut}</p>
      <p>Nothing was changed.</p>
      <p>
        <a href="/people">Find a person</a>
      </p>
    </Page>
  );
}

function sayings(error: unknown): { title: string; wayOut: string } {
  if (!isRouteErrorResponse(error)) {
    return { title: 'This page could not be shown', wayOut: 'Try again in a minute.' };
  }
  const refusal = (error.data ?? {}) as Partial<Refusal>;
  if (error.status === 404) {
    return {
      title: withoutStop(refusal.title ?? 'There is no such page'),
      wayOut: refusal.wayOut ?? 'Check the address, or start from the search.',
    };
  }
  if (error.status === 503) {
    return {
      title: 'The record is out of reach just now',
      wayOut: 'The database does not answer. Try again in a minute.',
    };
  }
  return {
    title: withoutStop(refusal.title ?? 'This page could not be shown'),
    wayOut: refusal.wayOut ?? 'Try again in a minute.',
  };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
