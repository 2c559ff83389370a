import { renderToStaticMarkup } from 'react-dom/server';
import { ServerRouter, type EntryContext } from 'react-router';
import { contentPolicy } from './frame/policy.ts';

// The server must use the same copies as the pages: what one throws, the other has to know again.
export { createRequestHandler, RouterContextProvider } from 'react-router';
export { apiContext } from './api/client.ts';
export { sealerContext } from './api/search-ticket.server.ts';

/** Renders a page whole, as plain HTML: no script takes it up. Text of a record cannot make a tag: React escapes it. */
export default function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Response {
  const page = renderToStaticMarkup(<ServerRouter context={context} url={request.url} />);
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('content-security-policy', contentPolicy({ script: page.includes('<script') }));
  return new Response(`<!DOCTYPE html>${page}`, { status, headers });
}

/** Errors are reported by reference only: their text may hold a person's data. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  const name = error instanceof Error ? error.name : 'Error';
  console.error(
    `A page could not be shown: ${name} at ${new URL(request.url).pathname.replaceAll(/[0-9a-f-]{36}/g, ':id')}`,
  );
}
