import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { machineViewing, type Viewing } from '../../access/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/index.ts';
import { createHttp } from '../../platform/http/index.ts';
import { openFileDoor, type FileDoor } from '../../platform/scanning/index.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createSearch } from '../search/index.ts';
import { createStore } from '../store/index.ts';
import { createValidator } from '../validation/index.ts';
import { registerFhir, type FhirSettings } from './index.ts';

/** What came back over the wire. */
export type Reply = { status: number; headers: Headers; text: string; body: Body };

// Tests look into answers of many shapes; a wrong path gives undefined and fails the assertion.
// oxlint-disable-next-line typescript/no-explicit-any
type Body = any;

export type TestServer = {
  url: string;
  app: FastifyInstance;
  db: Db;
  exportFolder: string;
  /** Sends a request under `/fhir`. An object becomes FHIR JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
};

/** A FHIR server with a database of its own, on a real port; closed after the file. */
export async function testServer(
  settings: Partial<FhirSettings> = {},
  given?: Db,
  viewingOf: (request: FastifyRequest) => Viewing = () => machineViewing,
  files: FileDoor = openFileDoor,
): Promise<TestServer> {
  const db = given ?? (await database());
  const exportFolder = settings.exportFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'openics-export-')));
  const definitions = openDefinitions();
  const search = createSearch({ definitions });
  const store = createStore({ db, extractor: search, clock: systemClock });
  const app = createHttp({
    gate: async (request) => {
      request.viewing = viewingOf(request);
    },
    bodyLimit: 1024 * 1024,
  });
  await registerFhir(app, {
    db,
    clock: systemClock,
    store,
    search,
    definitions,
    validator: createValidator(definitions),
    files,
    onUnexpected: (_reference, error) => console.error(error),
    settings: {
      software: { name: 'OpenICS', version: 'test' },
      brokenReferences: 'accept',
      ...settings,
      exportFolder,
    },
  });
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/fhir`;
  after(async () => {
    await app.close();
    await rm(exportFolder, { recursive: true, force: true });
  });
  return { url, app, db, exportFolder, send: sender(url) };
}

function sender(url: string): TestServer['send'] {
  return async (method, address, body, headers = {}) => {
    const answer = await fetch(address.startsWith('http') ? address : `${url}/${address}`, {
      method,
      headers: { ...(typeof body === 'object' && { 'content-type': 'application/fhir+json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
  };
}

function parsed(text: string): Body {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
