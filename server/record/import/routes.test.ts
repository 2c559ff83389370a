import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { machineViewing } from '../../access/index.ts';
import { createHttp } from '../../platform/http/index.ts';
import { bundle, observation, openDesk, patient } from './made-up.ts';
import { registerImports } from './routes.ts';

const db = await database();
const desk = openDesk(db);
const noted: string[] = [];
const app = createHttp({
  gate: async (request, access) => {
    request.viewing = machineViewing;
    noted.push(`${access.action} ${access.resource}`);
  },
});
registerImports(app, { db, importer: desk.importer });

/** As much of each answer as the tests look at. */
type Answer = {
  id: string;
  raw: string;
  imports: { id: string }[];
  items: { id: string; raw?: string }[];
  missing: { target: string }[];
  next: string;
};

async function call(method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) {
  const reply = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) });
  return { status: reply.statusCode, body: reply.body === '' ? ({} as Answer) : reply.json<Answer>() };
}

test('a person sees an import, what it held back and why, mends it and stores it', async () => {
  const wrong = observation('o1', 'Patient/p1', { status: 'perhaps' });
  await desk.run([desk.write('some.json', bundle('batch', patient('p1'), wrong))], { source: 'North' });

  const { body: imports } = await call('GET', '/api/imports');
  assert.partialDeepStrictEqual(imports, {
    imports: [
      { source: 'urn:openics:source:north', state: 'finished', totals: { stored: 1, quarantined: 1 } },
    ],
  });
  const jobId = imports.imports[0]!.id;
  assert.equal((await call('GET', `/api/imports/${jobId}`)).body.id, jobId);

  const { body: list } = await call('GET', `/api/quarantine?state=open&job=${jobId}`);
  assert.partialDeepStrictEqual(list, {
    counts: { open: 1 },
    next: null,
    items: [{ path: 'Observation.status', entry: 2 }],
  });
  assert.equal('raw' in list.items[0]!, false);

  const address = `/api/quarantine/${list.items[0]!.id}`;
  assert.equal((await call('GET', address)).body.raw, JSON.stringify(wrong));
  assert.partialDeepStrictEqual((await call('POST', `${address}/replay`)).body, {
    replayed: false,
    path: 'Observation.status',
  });

  assert.equal(
    (await call('PUT', address, { text: JSON.stringify({ ...wrong, status: 'final' }) })).status,
    204,
  );
  assert.deepEqual((await call('POST', `${address}/replay`)).body, {
    replayed: true,
    stored: ['Observation/o1'],
  });
  assert.partialDeepStrictEqual(await call('POST', `${address}/replay`), { status: 409 });
  assert.partialDeepStrictEqual(await call('POST', `${address}/dismiss`), { status: 409 });
});

test('references to what nobody sent are listed page by page', async () => {
  const some = [1, 2, 3].map((n) => observation(`m${n}`, `Patient/absent-${n}`));
  const job = await desk.run([desk.write('missing.json', bundle('batch', ...some))]);
  const first = (await call('GET', `/api/imports/${job.id}/missing?count=2`)).body;
  assert.deepEqual(
    first.missing.map((each) => each.target),
    ['Patient/absent-1', 'Patient/absent-2'],
  );
  const rest = (
    await call('GET', `/api/imports/${job.id}/missing?count=2&after=${encodeURIComponent(first.next)}`)
  ).body;
  assert.deepEqual(rest, { missing: [{ target: 'Patient/absent-3', mentions: 1 }], next: null });
});

test('what is not there is told, and every route passed the gate', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  for (const url of [`/api/imports/${id}`, `/api/quarantine/${id}`])
    assert.equal((await call('GET', url)).status, 404);
  assert.equal((await call('POST', `/api/quarantine/${id}/replay`)).status, 404);
  assert.equal((await call('GET', '/api/quarantine/not-an-id')).status, 400);
  assert.equal((await call('GET', '/api/quarantine?state=banana')).status, 400);
  assert.deepEqual([...new Set(noted)].sort(), ['operate imports', 'read quarantine', 'write quarantine']);
});
