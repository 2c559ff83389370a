import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { serveSignedIn } from './served.fixture.ts';

const { services, as, ada, registerAda } = await serveSignedIn();
const root = path.resolve(import.meta.dirname, '../..');

/** The addresses under `/api` that the program answers to a look, as they stand in the sources. */
function addresses(): string[] {
  const files = globSync('server/**/*.ts', { cwd: root }).filter(
    (file) => !/\.(test|fixture)\.ts$/.test(file),
  );
  const found = files.flatMap((file) => [
    ...readFileSync(path.join(root, file), 'utf8').matchAll(/app\.get(?:<[^(]*>)?\(\s*'(\/api\/[^']+)'/g),
  ]);
  return [...new Set(found.map(([, address]) => address!))];
}

const filled = (address: string): string =>
  address
    .replace(':type', 'Condition')
    .replace(':resource', 'asthma')
    .replace(':index', '0')
    .replace(':level', '0')
    .replaceAll(/:\w+/g, ada.person);

await registerAda();

test('no look at any part of the program fails at the second wall, whoever asks', async () => {
  const all = addresses();
  assert.ok(all.length > 40, `only ${all.length} addresses were found`);
  for (const persona of ['gp', 'privacy', 'admin', 'ada']) {
    const visitor = await as(persona);
    await Promise.all(
      all.map(async (address) => {
        const { status } = await visitor.getOnly(filled(address));
        assert.ok(status < 500, `${persona} ${address}: ${status}`);
      }),
    );
  }
});

test('what the FHIR API does for somebody who may goes through the second wall', async () => {
  const gp = await as('gp');
  const done = async (method: string, address: string, body?: object): Promise<number> => {
    const { status } = await gp.send(method, address, body);
    return status;
  };
  const subject = { reference: 'Patient/ada' };
  const weight = { resourceType: 'Observation', status: 'final', code: { text: 'Weight' }, subject };
  const letter = { resourceType: 'Binary', id: 'letter', contentType: 'text/plain', data: 'bGV0dGVy' };
  const put = { method: 'PUT', url: 'Observation/one' };
  const bundle = (type: string) => ({
    resourceType: 'Bundle',
    type,
    entry: [{ resource: { ...weight, id: 'one' }, request: put }],
  });
  const from = { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' } as const;
  const there = [letter, { ...weight, id: 'one' }];
  await services.store.write(
    there.map((resource) => ({
      kind: 'put' as const,
      type: resource.resourceType,
      id: resource.id,
      resource,
    })),
    from,
  );
  const attachment = { contentType: 'text/plain', url: 'Binary/letter' };
  const held = { resourceType: 'DocumentReference', status: 'current', subject, content: [{ attachment }] };
  const expected: [number, string, string, object?][] = [
    [201, 'POST', '/fhir/DocumentReference', held],
    [200, 'GET', '/fhir/Binary/letter'],
    [200, 'POST', '/fhir', bundle('transaction')],
    [200, 'POST', '/fhir', bundle('batch')],
    [200, 'PUT', '/fhir/Observation/one', { ...weight, id: 'one', issued: '2026-03-02T09:00:00Z' }],
    [200, 'PUT', '/fhir/Observation?_id=one', { ...weight, id: 'one' }],
    [200, 'GET', '/fhir/Observation/one'],
    [200, 'GET', '/fhir/Observation/one/_history'],
    [200, 'GET', '/fhir/Observation/one/_history/1'],
    [200, 'GET', '/fhir/Observation/one/$meta'],
    [200, 'GET', '/fhir/Observation/one/$validate'],
    [200, 'GET', '/fhir/Observation/one/$graphql?query={id,subject{reference,resource{id}}}'],
    [200, 'GET', '/fhir/Observation?subject=Patient/ada&_include=Observation:subject&_total=accurate'],
    [200, 'GET', '/fhir/Patient?_has:Observation:patient:status=final&_revinclude=Observation:subject'],
    [200, 'GET', '/fhir/Patient/ada/$everything'],
    [200, 'GET', '/fhir/_history'],
    [204, 'DELETE', '/fhir/Observation/one'],
    [410, 'GET', '/fhir/Observation/one'],
  ];
  const found: string[] = [];
  for (const [, method, address, body] of expected)
    found.push(`${await done(method, address, body)} ${method} ${address}`);
  assert.deepEqual(
    found,
    expected.map(([status, method, address]) => `${status} ${method} ${address}`),
  );
});
