import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { before, test } from 'node:test';
import { searchEvents } from '../audit/index.ts';
import { runRole } from '../access/index.ts';
import { serveSignedIn } from './served.fixture.ts';

const { base, services, owner, log, as, ada, registerAda } = await serveSignedIn();
const { db, store } = services;

const noor = { resourceType: 'Patient', id: 'noor', name: [{ family: 'Noor' }], birthDate: '1944-09-09' };
const conditionOf = (id: string, patient: string, text: string) => ({
  resourceType: 'Condition',
  id,
  subject: { reference: `Patient/${patient}` },
  code: { text },
});
const put = (code: string, ...resources: { resourceType: string; id: string }[]) =>
  store.write(
    resources.map((resource) => ({
      kind: 'put' as const,
      type: resource.resourceType,
      id: resource.id,
      resource,
    })),
    { source: `urn:openics:source:${code}`, channel: 'import', agent: 'test' },
  );

before(async () => {
  await put('ZZ0003', noor, conditionOf('gout', 'noor', 'Gout'));
  await registerAda();
});

type Manifest = { output: { type: string; url: string }[] };

/** Exports conditions and patients as somebody, and gives the addresses of the files by type. */
async function exportAs(who: string): Promise<{ job: string; file(type: string): Promise<Response> }> {
  const visitor = await as(who);
  const ask = (url: string, more: Record<string, string> = {}) =>
    fetch(new URL(url, base), { headers: { cookie: visitor.cookiesAt('/fhir'), ...more } });
  const started = await ask('/fhir/$export?_type=Patient,Condition', { prefer: 'respond-async' });
  assert.equal(started.status, 202, await started.text());
  const job = started.headers.get('content-location')!;
  let answer = await ask(job);
  for (let tries = 0; answer.status === 202 && tries < 100; tries++) {
    await pause(50);
    answer = await ask(job);
  }
  const { output } = (await answer.json()) as Manifest;
  return {
    job,
    file: async (type) =>
      ask(output.find((each) => each.type === type && !each.url.includes('.deleted.'))!.url),
  };
}

const idsIn = async (answer: Response): Promise<string[]> =>
  (await answer.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { id: string }).id)
    .sort();

test('an export holds what its exporter may take, and nobody else', async () => {
  const { file } = await exportAs('records');
  const [patients, conditions] = [await idsIn(await file('Patient')), await idsIn(await file('Condition'))];
  assert.deepEqual([patients, conditions], [['ada'], ['asthma']]);
  do await log.placeAll();
  while ((await log.state()).waitingRows > 0);
  const events = await searchEvents(db, { user: 'demonstration:records', kind: 'export', limit: 50 });
  const persons = new Set(
    events.flatMap(({ event }) => (event.outcome === 'permitted' ? [event.person] : [])),
  );
  assert.ok(persons.has(ada.person));
  assert.deepEqual(
    [...persons].filter((person) => person !== undefined && person !== ada.person),
    [],
    'nobody else is told of as taken',
  );
});

test('who has nobody in their care gets empty files, of the same names', async () => {
  const { file } = await exportAs('housing');
  assert.deepEqual([await idsIn(await file('Patient')), await idsIn(await file('Condition'))], [[], []]);
});

test('what leaves was read by the run-time account: without its right to read the record nothing does', async (t) => {
  if (db.distributed) return t.skip('there is no second wall on Citus');
  const { file } = await exportAs('records');
  const role = await runRole(db);
  const told = t.mock.method(console, 'error', () => undefined);
  await owner.query(`revoke select on record.resource from ${role}`);
  const refused = await file('Condition').finally(() =>
    owner.query(`grant select on record.resource to ${role}`),
  );
  told.mock.restore();
  assert.equal(refused.status, 500);
  assert.doesNotMatch(await refused.text(), /asthma/i);
  assert.deepEqual(await idsIn(await file('Condition')), ['asthma']);
});

test('a line that changed since is given as it was when the export was made', async () => {
  const { file } = await exportAs('records');
  await put('ZZ0001', conditionOf('asthma', 'ada', 'Asthma, mild'));
  const text = await (await file('Condition')).text();
  assert.match(text, /"Asthma"/);
  assert.doesNotMatch(text, /mild/);
});

test('an export is of whoever started it: others neither watch it, nor fetch from it, nor end it', async () => {
  const { job, file } = await exportAs('records');
  const { url } = await file('Patient');
  for (const who of ['gp', 'ada']) {
    const other = await as(who);
    for (const [method, address] of [
      ['GET', job],
      ['GET', url],
      ['DELETE', job],
    ] as const) {
      const headers = { cookie: other.cookiesAt('/fhir'), origin: base };
      const answer = await fetch(address, { method, headers });
      assert.deepEqual(
        [answer.status, /no-export/.test(await answer.text())],
        [404, true],
        `${who} ${method}`,
      );
    }
  }
  assert.deepEqual(await idsIn(await file('Patient')), ['ada']);
});
