/** A server that answers every request with the same bytes and does nothing else: node empty-server.ts http|fastify BYTES. */
import { createServer } from 'node:http';
import fastify from 'fastify';

const [, , kind, size] = process.argv;
const body = Buffer.alloc(Number(size), ' ');
const headers = {
  'content-type': 'application/fhir+json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

async function listen(): Promise<number> {
  if (kind === 'fastify') {
    const app = fastify();
    app.get('/fhir/:type/:id', (_request, reply) => reply.headers(headers).send(body));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return (app.server.address() as { port: number }).port;
  }
  const server = createServer((_request, response) => {
    response.writeHead(200, { ...headers, 'content-length': body.length });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

console.log(await listen());
