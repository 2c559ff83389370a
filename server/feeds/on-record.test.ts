import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { database } from '../../test/support/database.ts';
import type { StagedEvent } from '../audit/index.ts';
import { patientsOfPersons } from '../people/index.ts';
import { createServices } from '../services.ts';
import { MllpClient, openMllp, senderOnRecord } from './index.ts';

const db = await database();
const services = await createServices(db);
after(() => services.validator.stop());
const server = await openMllp({
  port: 0,
  receiver: services.feeds.receiverBy(senderOnRecord(services.clock)),
  admit: async () => true,
});
after(() => server.stop());
const sender = await MllpClient.open(server.port);
after(() => sender.close());

const message = (id: string, event: string, ...segments: string[]): Buffer =>
  Buffer.from(
    [
      `MSH|^~\\&|PAS|RX1|ICS|ICS|20260301120000||ADT^${event}|${id}|P|2.4`,
      `EVN|${event}|20260301120000`,
      ...segments,
    ].join('\r'),
  );
const rook = 'PID|1||H1^^^RX1^MR||ROOK^BO||19610502|F';
const finch = 'PID|1||H2^^^RX1^MR||FINCH^BEA||19820704|F';

/** Sends a message. Gives the events that are there with it, and whether they are its transaction's. */
async function sent(bytes: Buffer) {
  const known = new Set((await stagedRows()).map(({ id }) => id));
  const { code } = await sender.send(bytes);
  const fresh = (await stagedRows()).filter(({ id }) => !known.has(id));
  const events = fresh.flatMap(({ events: text }) => JSON.parse(text) as StagedEvent[]);
  return { code, fresh, events: events.map(({ event }) => event) };
}
const stagedRows = () =>
  db.query<{ id: string; xmin: string; events: string }>(
    'select id, xmin::text as xmin, events from audit.staged',
  );

test('what a sender says of somebody is on their list, by the transaction that stores it', async () => {
  const { code, fresh, events } = await sent(
    message('m1', 'A01', rook, 'PV1|1|I|WARD1||||||||||||||||V1|||||||||||||||||||||||||20260301'),
  );
  assert.equal(code, 'AA');
  const [event] = events;
  assert.equal(events.length, 1);
  assert.partialDeepStrictEqual(event!, {
    kind: 'create',
    outcome: 'permitted',
    organisation: 'RX1',
    rule: 'stored',
  });
  assert.match(event!.user, /^feed:[0-9a-f-]{36}$/);
  const [stored] = await db.query<{ xmin: string; id: string }>(
    'select xmin::text as xmin, id from feeds.message',
  );
  assert.equal(event!.request, stored!.id);
  assert.equal(fresh[0]!.xmin, stored!.xmin);
  assert.equal((await patientsOfPersons(db, [event!.person!])).get(event!.person!)?.length, 1);
});

test('one that comes again, or waits for a person, is on record about nobody', async () => {
  const again = await sent(
    message('m1', 'A01', rook, 'PV1|1|I|WARD1||||||||||||||||V1|||||||||||||||||||||||||20260301'),
  );
  assert.deepEqual(
    again.events.map(({ rule, person }) => [rule, person]),
    [['again', undefined]],
  );
  const waits = await sent(message('m2', 'A28', 'PID|1'));
  assert.deepEqual(
    waits.events.map(({ rule, resource, person }) => [rule, resource, person]),
    [['dead', 'Message', undefined]],
  );
});

test('a merge is on the list of whom a patient was, and of whom they now are', async () => {
  const [bea] = (await sent(message('m3', 'A28', finch))).events;
  const [bo] = (await sent(message('m4', 'A31', rook))).events;
  assert.notEqual(bea!.person, bo!.person);
  const { events } = await sent(message('m5', 'A40', rook, 'MRG|H2^^^RX1^MR'));
  const persons = new Set(events.map(({ person }) => person));
  assert.ok(persons.has(bea!.person) && persons.has(bo!.person), `${persons.size}`);
});

test('where the log is out of reach nothing is stored and nobody is answered', async () => {
  const before = await db.query('select id from feeds.message');
  await db.query('alter table audit.staged rename to staged_away');
  const lost = await MllpClient.open(server.port);
  await assert.rejects(lost.send(message('m6', 'A31', rook)));
  await db.query('alter table audit.staged_away rename to staged');
  assert.deepEqual(await db.query('select id from feeds.message'), before);
});
