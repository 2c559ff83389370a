import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { adt } from '../../test/support/hl7-samples.ts';
import { loadMadeUpSystem } from '../../test/support/made-up-system.ts';
import { machineViewing } from '../access/index.ts';
import { createAuditTrail } from '../audit/index.ts';
import { createGate } from '../gate.ts';
import { createHttp } from '../platform/http/index.ts';
import { createOrganisations, odsSystem, organisationBehind } from '../organisations/index.ts';
import { createServices } from '../services.ts';
import { mustBeOwnSource } from './intake/own-source.ts';
import { registerFeeds } from './index.ts';

const services = await createServices(await database());
after(() => services.validator.stop());
const app = createHttp({ gate: createGate(createAuditTrail(), services.clock) });
registerFeeds(app, services);
after(() => app.close());

const er7 = { 'content-type': 'application/hl7-v2+er7', host: 'localhost' };
const send = (payload: Buffer | string, remoteAddress = '127.0.0.1') =>
  app.inject({ method: 'POST', url: '/feeds/hl7v2', headers: er7, payload, remoteAddress });

test('a message over HTTP is acknowledged after it is stored, and refused with its place', async () => {
  const good = await send(adt({ id: 'H1' }));
  assert.equal(good.statusCode, 200);
  assert.match(good.body, /\rMSA\|AA\|H1\r/);
  assert.match(good.headers['content-type'] as string, /hl7-v2\+er7/);
  const bad = await send(adt({ id: 'H2', pid: 'PID|1' }));
  assert.equal(bad.statusCode, 422);
  assert.match(bad.body, /\rERR\|PID\^1\^3/);
  assert.equal((await send('rubbish')).statusCode, 400);
  assert.equal((await send('')).json().code, 'feeds/no-message');
});

test('a caller from another machine may neither send nor see', async () => {
  assert.equal((await send(adt({ id: 'H3' }), '203.0.113.9')).statusCode, 403);
  for (const url of ['/api/feeds', '/api/feeds/messages']) {
    const answer = await app.inject({ url, headers: { host: 'localhost' }, remoteAddress: '203.0.113.9' });
    assert.equal(answer.statusCode, 403, url);
  }
});

test('messages are listed latest first, page by page', async () => {
  for (let number = 0; number < 5; number += 1) await send(adt({ id: `L${number}` }));
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const url: string = `/api/feeds/messages?count=2&state=stored${next === '' ? '' : `&before=${next}`}`;
    const page = (await app.inject({ url, headers: { host: 'localhost' } })).json() as {
      messages: { controlId: string }[];
      next: string | null;
    };
    seen.push(...page.messages.map(({ controlId }) => controlId));
    next = page.next;
  }
  assert.deepEqual(seen, ['L4', 'L3', 'L2', 'L1', 'L0', 'H1']);
});

const seen = async () =>
  (await app.inject({ url: '/api/feeds', headers: { host: 'localhost' } })).json().feeds as {
    id: string;
    expectedHours: number;
  }[];

const put = async (id: string, expectedHours: unknown, remoteAddress = '127.0.0.1') =>
  (
    await app.inject({
      method: 'PUT',
      url: `/api/feeds/${id}`,
      headers: { host: 'localhost' },
      payload: { expectedHours },
      remoteAddress,
    })
  ).statusCode;

test('how often a feed should come is kept, and asked for within bounds', async () => {
  await send(adt({ id: 'E1' }));
  const { id } = (await seen())[0]!;
  assert.equal(await put(id, 36), 204);
  assert.equal((await seen())[0]!.expectedHours, 36);
  assert.equal(await put(id, 0), 400);
  assert.equal(await put(id, 'often'), 400);
  assert.equal(await put('00000000-0000-4000-8000-000000000000', 36), 404);
  assert.equal(await put(id, 12, '203.0.113.9'), 403);
  assert.equal((await seen())[0]!.expectedHours, 36);
});

test('a program sends what its own organisation says, and nothing in the name of another', async () => {
  await loadMadeUpSystem(services.db, services.clock);
  const organisation = { id: '', kind: 'nhs-trust', name: 'Marram', bodies: [] } as const;
  const own = await organisationBehind(createOrganisations(services.db), `${odsSystem}/ZZR01`);
  const post = {
    role: 'L-PROGRAM-CARE',
    teams: [],
    from: 0,
    to: null,
    organisation: { ...organisation, id: own! },
  };
  const asker = { kind: 'known', subject: { kind: 'program', id: 'pas', person: null, post } } as never;
  const viewing = { ...machineViewing, seesAll: false, asker };
  const sent = (facility: string) => mustBeOwnSource(services, viewing, adt({ id: facility, facility }));
  await sent('ZZR01');
  await assert.rejects(sent('ZZ0003'), { code: 'feeds/not-your-source' });
  await assert.rejects(sent('RX1'), { code: 'feeds/not-your-source' });
  await mustBeOwnSource(services, machineViewing, adt({ facility: 'RX1' }));
});
