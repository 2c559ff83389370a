import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import type { FileDoor } from '../../platform/scanning/index.ts';

/** A browser that opens a file as a page takes HTML; our own pages and programs do not ask for it. */
const takesPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') === true;

/**
 * Undefined when a content may leave. Else it throws the Problem, or gives the answer for a browser that opens the file by a link: the same
 * words as a page.
 */
export async function keptBack(
  files: FileDoor,
  bytes: Uint8Array,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  try {
    await files.mayLeave(bytes);
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem) || !takesPage(request)) throw error;
    return reply
      .status(error.status)
      .headers({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        ...(error.status === 503 ? { 'retry-after': '5' } : {}),
      })
      .type('text/html; charset=utf-8')
      .send(pageOf(error));
  }
}

/** The words are ours, without anything of a record: there is nothing in them to escape. */
const pageOf = ({ message, wayOut = '' }: Problem): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>This file is not given out – OpenICS</title></head>
<body><main><h1>This file is not given out</h1><p>${message}</p><p>${wayOut}</p><p>Use your browser’s Back button to go on.</p></main></body>
</html>
`;
