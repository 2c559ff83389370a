import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { testServer } from './test-server.ts';

const server = await testServer();

const put = (resource: { resourceType: string; id: string }) =>
  server.send('PUT', `${resource.resourceType}/${resource.id}`, resource);
const flag = (id: string, patient: string) => ({
  resourceType: 'Flag',
  id,
  status: 'active',
  code: { text: 'Deaf' },
  subject: { reference: `Patient/${patient}` },
});

for (const id of ['p1', 'p2', 'p3']) await put({ resourceType: 'Patient', id });
for (let index = 0; index < 2500; index += 500) {
  const entry = Array.from({ length: 500 }, (_, offset) => ({
    resource: flag(`f${index + offset}`, `p${((index + offset) % 3) + 1}`),
    request: { method: 'PUT', url: `Flag/f${index + offset}` },
  }));
  await server.send('POST', '', { resourceType: 'Bundle', type: 'batch', entry });
}
await put({ resourceType: 'Organization', id: 'o1', name: 'A' } as { resourceType: string; id: string });
await put({
  resourceType: 'Group',
  id: 'g1',
  type: 'person',
  actual: true,
  member: [{ entity: { reference: 'Patient/p1' } }, { entity: { reference: 'Patient/p2' }, inactive: true }],
} as { resourceType: string; id: string });

const begin = (path: string) => server.send('GET', path, undefined, { prefer: 'respond-async' });

async function finished(path: string) {
  const kickOff = await begin(path);
  assert.equal(kickOff.status, 202, kickOff.text);
  const address = kickOff.headers.get('content-location')!;
  for (;;) {
    const status = await server.send('GET', address);
    if (status.status !== 202) return { address, status };
    assert.ok(status.headers.get('x-progress'));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function files(path: string) {
  const { status, address } = await finished(path);
  assert.equal(status.status, 200, status.text);
  const found: Record<string, { id: string }[]> = {};
  for (const { type, url, count } of status.body.output) {
    const file = await server.send('GET', url);
    assert.equal(file.headers.get('content-type'), 'application/fhir+ndjson');
    found[type] = file.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(found[type]!.length, count);
  }
  return { found, manifest: status.body, address };
}

test('a system export writes every resource once, a file for each type', async () => {
  const { found, manifest } = await files('$export');
  assert.deepEqual(Object.keys(found).sort(), ['Flag', 'Group', 'Organization', 'Patient']);
  assert.equal(new Set(found['Flag']!.map(({ id }) => id)).size, 2500);
  assert.equal(manifest.request, `${server.url}/$export`);
  assert.equal(manifest.requiresAccessToken, false);
  assert.deepEqual(manifest.error, []);
});

test('a patient export leaves out what belongs to no patient', async () => {
  const { found } = await files('Patient/$export');
  assert.deepEqual(Object.keys(found).sort(), ['Flag', 'Group', 'Patient']);
});

test('a group export holds the members of the group only', async () => {
  const { found } = await files('Group/g1/$export?_type=Patient,Flag');
  assert.deepEqual(
    found['Patient']!.map(({ id }) => id),
    ['p1'],
  );
  assert.equal(found['Flag']!.length, 834);
});

test('since a moment: what changed, and what was deleted', async () => {
  const { manifest } = await files('$export?_type=Flag');
  await put({ ...flag('f7', 'p2'), status: 'inactive' } as { resourceType: string; id: string });
  await server.send('DELETE', 'Flag/f8');
  const { status } = await finished(`$export?_type=Flag&_since=${manifest.transactionTime}`);
  const changed = await server.send('GET', status.body.output[0].url);
  assert.equal(JSON.parse(changed.text).id, 'f7');
  const gone = await server.send('GET', status.body.deleted[0].url);
  assert.deepEqual(JSON.parse(gone.text).entry, [{ request: { method: 'DELETE', url: 'Flag/f8' } }]);
});

test('an export that is cancelled is forgotten, files too', async () => {
  const { address } = await files('$export?_type=Patient');
  assert.equal((await server.send('DELETE', address)).status, 202);
  assert.equal((await server.send('GET', address)).status, 404);
  const id = new URL(address).searchParams.get('job')!;
  assert.equal((await readdir(server.exportFolder)).includes(id), false);
});

test('what an export cannot do is refused, so that nobody takes more than was asked', async () => {
  assert.equal((await server.send('GET', '$export')).status, 400);
  for (const query of [
    '_type=Flaag',
    '_outputFormat=csv',
    '_since=soon',
    '_typeFilter=Flag%3Fstatus%3Dactive',
  ]) {
    const { status, body } = await begin(`$export?${query}`);
    assert.equal(status, 400, query);
    assert.equal(body.issue[0].expression[0], `http.${query.split('=')[0]}`);
  }
  assert.equal((await begin('Group/nobody/$export')).status, 404);
  assert.equal((await begin('$export-status?job=1')).status, 404);
});
