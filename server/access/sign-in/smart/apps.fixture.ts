import assert, { fail } from 'node:assert/strict';
import { after } from 'node:test';
import * as openid from 'openid-client';
import { ritaResident, staff } from '../../../../test/support/personas.ts';
import { database } from '../../../../test/support/database.ts';
import { createHttp } from '../../../platform/http/index.ts';
import { browser, type Browser } from '../../../../test/support/cookie-browser.ts';
import { registerPrograms, registerSignIn, type AppEvent, type Persona } from '../index.ts';
import { insertClient, type Client } from './clients.ts';

const personas: Persona[] = [
  staff('nurse', 'Nora Nurse', 'Nurse, and manager', [
    { id: '1', organisation: 'RZZ', role: 'R8001' },
    { id: '2', organisation: 'RZY', role: 'R0260' },
  ]),
  ritaResident,
];

export const back = 'http://127.0.0.1:9/back';
export const registered = (more: Partial<Client>): Client => ({
  clientId: 'growth-chart',
  name: 'Growth chart',
  kind: 'app',
  organisation: 'RZZ',
  registration: { redirect_uris: [back], launch_uri: 'http://127.0.0.1:9/launch' },
  scopes: ['launch', 'launch/patient', 'patient/Observation.rs', 'patient/Patient.r', 'user/Observation.r'],
  registeredBy: 'test',
  from: new Date('2026-01-01T00:00:00Z'),
  to: undefined,
  ...more,
});

export let address = '';
let now = Date.parse('2026-03-02T09:00:00Z');
export const clock = (): Date => new Date(now);
/** Time goes on. */
export const pass = (ms: number): void => void (now += ms);
const where = (): string => address;
export const events: AppEvent[] = [];
const app = createHttp({ gate: async () => undefined });
after(() => app.close());
export const db = await database();
const { sessionOf, liveSession } = await registerSignIn(app, {
  db,
  clock,
  address: where,
  providers: [],
  personas: async () => personas,
  record: { note: async () => undefined, recording: async () => async () => undefined },
  onError: fail,
});
const note = async (event: AppEvent): Promise<void> => void events.push(event);
const patientIdOf = async (id: string): Promise<string> => `filed-${id}`;
const recordingOf = (event: AppEvent) => () => note(event);
const tokenRecording = () => async (): Promise<void> => undefined;
const visits = { sessionOf, liveSession, note, recordingOf, patientIdOf };
const programs = await registerPrograms(app, {
  db,
  clock,
  address: where,
  visits,
  onError: fail,
  tokenRecording,
});
const access = { action: 'read', resource: 'test' } as const;
const rita = { id: 'rita', birthDate: '1950-02-03', name: [{ given: ['Rita'], family: 'Resident' }] };
app.get('/fhir/Patient/rita', { config: { access } }, async () => rita);
app.get('/fhir/Patient', { config: { access } }, async (request) =>
  request.url.includes('9990000018') ? { entry: [{ resource: rita }] } : {},
);
app.get('/fhir/who', { config: { access } }, async (request) => {
  const visit = await programs.appOf(request);
  if (visit === undefined) return { who: null };
  const { session, client, scopes, patientId } = visit;
  const may = scopes.map(({ text }) => text);
  return { who: session.identity.name, app: client.name, may, patient: patientId ?? null };
});
app.get('/fhir/which-program', { config: { access } }, async (request) => ({
  program: (await programs.programOf(request))?.client.clientId ?? null,
}));
await app.listen({ host: '127.0.0.1', port: 0 });
address = `http://localhost:${(app.server.address() as { port: number }).port}`;
await insertClient(db, registered({}));

export async function signedIn(persona: string, role?: string): Promise<Browser> {
  const visitor = browser(address);
  const provider = persona === 'resident' ? 'demonstration-resident' : 'demonstration';
  const choice = await visitor.get(`/sign-in/start?provider=${provider}&to=/`);
  await visitor.post(new URL(choice.url).pathname, { persona });
  if (role !== undefined) await visitor.send('PUT', '/api/session/role', { role });
  return visitor;
}

/** What a foreign client reads of us, by the library of another project. */
export async function foreignApp(clientId = 'growth-chart'): Promise<openid.Configuration> {
  const said = await (await fetch(`${address}/fhir/.well-known/smart-configuration`)).json();
  const config = new openid.Configuration(said as openid.ServerMetadata, clientId, undefined, openid.None());
  openid.allowInsecureRequests(config);
  return config;
}

type Trip = { config: openid.Configuration; verifier: string; state: string; asking: string };

/** The app sends somebody to us; gives the address of the question they are asked. */
export async function leave(
  visitor: Browser,
  scope: string,
  more: Record<string, string> = {},
): Promise<Trip> {
  const config = await foreignApp();
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: back,
    scope,
    state,
    aud: `${address}/fhir`,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...more,
  });
  const answer = await visitor.getOnly(`${url.pathname}${url.search}`);
  assert.equal(answer.status, 303, await answer.text());
  return { config, verifier, state, asking: answer.headers.get('location') as string };
}

/** Reads the question as the page does, with the cookies of the page's path. */
export const question = async (visitor: Browser, { asking }: Trip): Promise<Record<string, unknown>> =>
  (await onPage(visitor, asking, 'GET')).json() as Promise<Record<string, unknown>>;

export async function onPage(visitor: Browser, asking: string, method: 'GET' | 'POST', body?: object) {
  return fetch(`${address}/api/app-requests/${asking.split('/').at(-1)}`, {
    method,
    headers: {
      cookie: visitor.cookiesAt(asking),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Somebody answers, and the app gets what it gets. */
export async function answered(visitor: Browser, { asking }: Trip, answer: object): Promise<URL> {
  const said = await onPage(visitor, asking, 'POST', answer);
  assert.equal(said.status, 200, await said.clone().text());
  const { next } = (await said.json()) as { next: string };
  const returned = await visitor.getOnly(new URL(next).pathname);
  return new URL(returned.headers.get('location') as string);
}

export const tokensOf = (trip: Trip, came: URL) =>
  openid.authorizationCodeGrant(trip.config, came, {
    pkceCodeVerifier: trip.verifier,
    expectedState: trip.state,
  });

export const who = async (token: string): Promise<Record<string, unknown>> =>
  (await (
    await fetch(`${address}/fhir/who`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as Record<string, unknown>;

export const all = ['patient/Observation.rs', 'patient/Patient.r'];

/** A nurse names Rita and allows all: the whole way of an app that starts by itself. */
export async function allowed(visitor: Browser, scopes = all) {
  const trip = await leave(visitor, `launch/patient ${all.join(' ')}`);
  const came = await answered(visitor, trip, { allow: true, scopes, nhsNumber: '999 000 0018' });
  return { trip, tokens: await tokensOf(trip, came) };
}

export const preflight = (origin: string) =>
  fetch(`${address}/fhir/Patient`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  });
