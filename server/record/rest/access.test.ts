import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { machineViewing } from '../../access/index.ts';
import { systemClock } from '../../platform/clock.ts';
import { Problem } from '../../platform/errors.ts';
import { createHttp, type AccessDeclaration } from '../../platform/http/index.ts';
import { openFileDoor } from '../../platform/scanning/index.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createSearch } from '../search/index.ts';
import { createStore } from '../store/index.ts';
import { createValidator } from '../validation/index.ts';
import { registerFhir } from './index.ts';
import { shapes } from './interactions.ts';

const asked: AccessDeclaration[] = [];
let refuse = false;
const db = await database();
const definitions = openDefinitions();
const search = createSearch({ definitions });
const app = createHttp({
  gate: async (request, access) => {
    request.viewing = machineViewing;
    asked.push(access);
    if (refuse) throw new Problem('access/refused', 403, 'You may not do this.');
  },
});
const declared = new Map<string, AccessDeclaration | undefined>();
app.addHook('onRoute', (route) => {
  for (const method of [route.method].flat()) declared.set(`${method} ${route.url}`, route.config?.access);
});
await registerFhir(app, {
  db,
  clock: systemClock,
  store: createStore({ db, extractor: search, clock: systemClock }),
  search,
  definitions,
  validator: createValidator(definitions),
  files: openFileDoor,
  settings: {
    software: { name: 'OpenICS', version: 'test' },
    brokenReferences: 'accept',
    exportFolder: 'unused',
  },
});

test('every route of the API says what it does with the record', () => {
  const routes = shapes.flatMap((shape) => Object.keys(shape.methods));
  assert.ok(declared.size >= routes.length);
  for (const [route, access] of declared) assert.ok(access?.action, route);
});

test('reading, searching, writing, deleting and operating are told apart', async () => {
  const expected = [
    ['GET', '/fhir/Patient/1', 'read'],
    ['GET', '/fhir/Patient?name=a', 'search'],
    ['POST', '/fhir/Patient/_search', 'search'],
    ['GET', '/fhir/Patient/1/Observation', 'search'],
    ['GET', '/fhir/_history', 'read'],
    ['POST', '/fhir/Patient', 'write'],
    ['PUT', '/fhir/Patient/1', 'write'],
    ['PATCH', '/fhir/Patient/1', 'write'],
    ['POST', '/fhir', 'write'],
    ['DELETE', '/fhir/Patient/1', 'delete'],
    ['GET', '/fhir/Patient/1/$everything', 'operate'],
    ['GET', '/fhir/$export', 'operate'],
  ] as const;
  for (const [method, url, action] of expected) {
    asked.length = 0;
    await app.inject({ method, url });
    assert.deepEqual(
      asked.map((access) => access.action),
      [action],
      `${method} ${url}`,
    );
  }
});

test('who is refused at the gate gets an outcome and nothing else', async (t) => {
  refuse = true;
  t.after(() => {
    refuse = false;
  });
  const answer = await app.inject({ method: 'GET', url: '/fhir/metadata' });
  assert.equal(answer.statusCode, 403);
  assert.equal(answer.json().issue[0].code, 'forbidden');
});
