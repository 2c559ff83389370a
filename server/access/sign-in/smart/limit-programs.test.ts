import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttp } from '../../../platform/http/index.ts';
import type { Post, Viewing } from '../../index.ts';
import { machineViewing } from '../../index.ts';
import { limitPrograms } from './limit-programs.ts';

const access = { action: 'read', resource: 'test' } as const;
const post: Post = {
  role: 'program',
  organisation: {
    id: 'RZZ' as Post['organisation']['id'],
    kind: 'nhs-trust',
    name: 'Made-up trust',
    bodies: [],
  },
  teams: [],
  from: 0,
  to: null,
};

const asProgram = (id: string): Viewing => ({
  ...machineViewing,
  asker: {
    kind: 'known',
    subject: { kind: 'program', id, person: null, post },
    purpose: 'TREAT',
    signIn: 'signed-token',
    app: null,
    project: null,
  },
});

test('a program that asks too often waits, whatever address it asks from; another program does not', async () => {
  const app = createHttp({
    gate: async (request) => {
      request.viewing = asProgram(String(request.headers['x-program']));
    },
  });
  limitPrograms(app, { atOnce: 2, perMinute: 60 });
  app.get('/fhir/Patient', { config: { access } }, async () => ({ ok: true }));
  const ask = async (program: string, remoteAddress: string) => {
    const headers = { host: 'localhost', 'x-program': program };
    return (await app.inject({ url: '/fhir/Patient', remoteAddress, headers })).statusCode;
  };
  assert.deepEqual(
    [await ask('lab', '192.0.2.1'), await ask('lab', '192.0.2.2'), await ask('lab', '192.0.2.3')],
    [200, 200, 429],
  );
  assert.equal(await ask('other', '192.0.2.1'), 200);
});

test('people and this machine are not counted', async () => {
  const app = createHttp({
    gate: async (request) => {
      request.viewing = machineViewing;
    },
  });
  limitPrograms(app, { atOnce: 1, perMinute: 1 });
  app.get('/fhir/Patient', { config: { access } }, async () => ({ ok: true }));
  for (let n = 0; n < 3; n++) {
    const { statusCode } = await app.inject({ url: '/fhir/Patient', headers: { host: 'localhost' } });
    assert.equal(statusCode, 200);
  }
});
