import { renderToReadableStream } from 'react-dom/server';
import { ServerRouter, type EntryContext } from 'react-router';

export { apiContext } from './api/client.ts';

/** Renders a page whole: nothing streams in later, so a page needs no script. */
export default async function renderPage(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const page = await renderToReadableStream(<ServerRouter context={context} url={request.url} />);
  await page.allReady;
  headers.set('content-type', 'text/html; charset=utf-8');
  return new Response(page, { status, headers });
}

/** Errors are reported by reference only: their text may hold a person's data. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  const name = error instanceof Error ? error.name : 'Error';
  console.error(
    `A page could not be shown: ${name} at ${new URL(request.url).pathname.replaceAll(/[0-9a-f-]{36}/g, ':id')}`,
  );
}
