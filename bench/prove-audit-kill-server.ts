import { createServer } from 'node:http';
import { openAuditLog } from '../server/audit/index.ts';
import { systemClock } from '../server/platform/clock.ts';
import { openDb } from '../server/platform/db/index.ts';

/**
 * A server that answers reads of made-up people, and notes each before its answer leaves. It is there to be killed. Started with
 * the address of a database and a data folder; it prints its port.
 */
const [url, dataDir] = process.argv.slice(2);
const connection = { connectionString: url! };
const db = await openDb({ connection });
const log = await openAuditLog({
  db,
  dataDir: dataDir!,
  clock: systemClock,
  apart: connection,
  onError: (error) => console.error(String(error)),
});

const server = createServer((request, response) => {
  const [, person, id] = request.url!.split('/');
  log
    .note({
      at: new Date(),
      kind: 'read',
      outcome: 'permitted',
      user: 'nurse-1',
      person: person!,
      request: id!,
      resource: 'Observation',
      particulars: { userName: 'Nur Ali' },
    })
    .then(
      () => response.end(id),
      () => response.writeHead(503).end(),
    );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
