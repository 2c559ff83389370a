import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as openid from 'openid-client';
import { browser } from '../../../../test/support/cookie-browser.ts';
import {
  address,
  all,
  allowed,
  answered,
  back,
  clock,
  db,
  events,
  foreignApp,
  leave,
  onPage,
  pass,
  preflight,
  question,
  registered,
  signedIn,
  tokensOf,
  who,
} from './apps.fixture.ts';
import { endClient, insertClient } from './clients.ts';

test('an app that starts by itself asks in plain words, and gets what was allowed about one person', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, `launch/patient ${all.join(' ')} patient/Condition.rs`);
  const asked = await question(visitor, trip);
  assert.deepEqual(asked['app'], { name: 'Growth chart', organisation: 'RZZ', home: null });
  assert.deepEqual(
    (asked['scopes'] as { says: string }[]).map(({ says }) => says),
    [
      'See test results and measurements of this person',
      'See name, date of birth, address and numbers of this person',
    ],
  );
  assert.equal(asked['mustChoose'], true);
  assert.equal(asked['left'], 1);
  const came = await answered(visitor, trip, { allow: true, scopes: all, nhsNumber: '9990000018' });
  const tokens = await tokensOf(trip, came);
  assert.equal(tokens['patient'], 'rita');
  assert.equal(tokens['need_patient_banner'], true);
  assert.equal(tokens.scope, `${all.join(' ')} launch/patient`);
  assert.equal(tokens.refresh_token, undefined);
  assert.equal(tokens.id_token, undefined);
  assert.deepEqual(await who(tokens.access_token), {
    who: 'Nora Nurse',
    app: 'Growth chart',
    may: all,
    patient: 'filed-rita',
  });
  assert.equal(events.at(-1)?.what, 'app-allowed');
  assert.equal(events.at(-1)?.patientId, 'filed-rita');
});

test('an app opened from a record is about that person, and its launch is good once', async () => {
  const visitor = await signedIn('nurse', '1');
  assert.deepEqual(
    ((await visitor.json('/api/apps'))['apps'] as { clientId: string }[])[0]?.clientId,
    'growth-chart',
  );
  const opened = await visitor.send('POST', '/api/apps/growth-chart/launches', { patient: 'rita' });
  assert.equal(opened.status, 201, await opened.clone().text());
  const next = new URL(((await opened.json()) as { next: string }).next);
  assert.equal(next.searchParams.get('iss'), `${address}/fhir`);
  const launch = next.searchParams.get('launch') as string;
  const trip = await leave(visitor, 'launch patient/Observation.rs', { launch });
  const asked = await question(visitor, trip);
  assert.deepEqual(asked['patient'], { name: 'Rita Resident', birthDate: '1950-02-03' });
  assert.equal(asked['mustChoose'], false);
  const came = await answered(visitor, trip, { allow: true, scopes: ['patient/Observation.rs'] });
  const tokens = await tokensOf(trip, came);
  assert.equal(tokens['patient'], 'rita');
  const again = await leave(visitor, 'launch patient/Observation.rs', { launch });
  assert.equal((await onPage(visitor, again.asking, 'GET')).status, 403);
});

test('a launch of one person’s visit is nothing in another’s', async () => {
  const nurse = await signedIn('nurse', '1');
  const opened = await nurse.send('POST', '/api/apps/growth-chart/launches', { patient: 'rita' });
  const next = new URL(((await opened.json()) as { next: string }).next);
  const other = await signedIn('nurse', '1');
  const launch = next.searchParams.get('launch') as string;
  const trip = await leave(other, 'launch patient/Observation.rs', { launch });
  assert.equal((await onPage(other, trip.asking, 'GET')).status, 403);
});

test('somebody allows less than was asked, and the app gets less', async () => {
  const { tokens } = await allowed(await signedIn('nurse', '1'), ['patient/Patient.r']);
  assert.equal(tokens.scope, 'patient/Patient.r launch/patient');
  assert.deepEqual((await who(tokens.access_token))['may'], ['patient/Patient.r']);
});

test('an answer never gives what was not asked for', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, 'launch/patient patient/Patient.r');
  const more = ['patient/Patient.r', 'patient/Observation.rs', 'user/Observation.r', 'patient/*.cruds'];
  const came = await answered(visitor, trip, { allow: true, scopes: more, nhsNumber: '9990000018' });
  assert.equal((await tokensOf(trip, came)).scope, 'patient/Patient.r launch/patient');
});

test('somebody who says no sends the app away with nothing', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, 'launch/patient patient/Patient.r');
  const came = await answered(visitor, trip, { allow: false, scopes: [] });
  assert.equal(came.searchParams.get('error'), 'access_denied');
  assert.equal(events.at(-1)?.what, 'app-refused');
});

test('a resident’s app is about the resident, whomever they name', async () => {
  const visitor = await signedIn('resident');
  const trip = await leave(visitor, 'launch/patient patient/Patient.r');
  const asked = await question(visitor, trip);
  assert.equal(asked['mustChoose'], false);
  const came = await answered(visitor, trip, { allow: true, scopes: all, nhsNumber: '9990000026' });
  assert.equal((await tokensOf(trip, came))['patient'], 'rita');
});

test('somebody who cannot be seen is not found, and nothing is given', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, 'launch/patient patient/Patient.r');
  const said = await onPage(visitor, trip.asking, 'POST', {
    allow: true,
    scopes: all,
    nhsNumber: '9990000026',
  });
  assert.equal(said.status, 422);
});

test('who is signed out, or has not chosen a role, cannot allow anything', async () => {
  for (const [visitor, status] of [
    [browser(address), 401],
    [await signedIn('nurse'), 403],
  ] as const) {
    const trip = await leave(visitor, 'launch/patient patient/Patient.r');
    assert.equal((await onPage(visitor, trip.asking, 'GET')).status, status);
    assert.equal((await onPage(visitor, trip.asking, 'POST', { allow: true, scopes: all })).status, status);
  }
});

test('a question cannot be answered from another browser', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, 'launch/patient patient/Patient.r');
  const other = await signedIn('nurse', '1');
  assert.equal((await onPage(other, trip.asking, 'POST', { allow: true, scopes: all })).status, 403);
});

test('what an app was allowed ends with the visit, and with the role in which it was allowed', async () => {
  const visitor = await signedIn('nurse', '1');
  const { tokens } = await allowed(visitor);
  assert.equal((await who(tokens.access_token))['who'], 'Nora Nurse');
  await visitor.send('PUT', '/api/session/role', { role: '2' });
  assert.deepEqual(await who(tokens.access_token), { who: null });
  await visitor.send('PUT', '/api/session/role', { role: '1' });
  assert.equal((await who(tokens.access_token))['who'], 'Nora Nurse');
  await visitor.send('DELETE', '/api/session');
  assert.deepEqual(await who(tokens.access_token), { who: null });
});

test('an app does not keep a visit open that somebody left', async () => {
  const { tokens } = await allowed(await signedIn('nurse', '1'));
  for (let minutes = 0; minutes < 25; minutes += 5) {
    assert.equal((await who(tokens.access_token))['who'], minutes < 20 ? 'Nora Nurse' : null);
    pass(5 * 60_000);
  }
});

test('an app may end its token, and may ask about its own and no other', async () => {
  const { trip, tokens } = await allowed(await signedIn('nurse', '1'));
  const other = await foreignApp('other-app');
  await insertClient(db, registered({ clientId: 'other-app', name: 'Other app' }));
  const about = (config: openid.Configuration) => openid.tokenIntrospection(config, tokens.access_token);
  const said = await about(trip.config);
  assert.equal(said.active, true);
  assert.equal(said['patient'], 'rita');
  assert.equal(said.sub, undefined);
  assert.deepEqual(await about(other), { active: false });
  await openid.tokenRevocation(other, tokens.access_token).catch(() => undefined);
  assert.equal((await who(tokens.access_token))['who'], 'Nora Nurse');
  await openid.tokenRevocation(trip.config, tokens.access_token);
  assert.deepEqual(await who(tokens.access_token), { who: null });
  assert.deepEqual(await about(trip.config), { active: false });
});

test('a code is good once, for who began, and its second use ends what the first gave', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, `launch/patient ${all.join(' ')}`);
  const came = await answered(visitor, trip, { allow: true, scopes: all, nhsNumber: '9990000018' });
  const stolen = { ...trip, verifier: openid.randomPKCECodeVerifier() };
  await assert.rejects(tokensOf(stolen, came), /invalid_grant|unexpected|error/i);
  const tokens = await tokensOf(trip, came);
  await assert.rejects(tokensOf(trip, came));
  assert.deepEqual(await who(tokens.access_token), { who: null });
});

test('an app that asks without PKCE, for another server, or back to another address is refused', async () => {
  const visitor = await signedIn('nurse', '1');
  const ask = async (change: Record<string, string | undefined>) => {
    const wanted: Record<string, string | undefined> = {
      client_id: 'growth-chart',
      response_type: 'code',
      redirect_uri: back,
      scope: 'launch/patient patient/Patient.r',
      state: 'some-state-of-the-app',
      aud: `${address}/fhir`,
      code_challenge: await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
      ...change,
    };
    const kept = Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const answer = await visitor.getOnly(`/oauth/auth?${new URLSearchParams(kept).toString()}`);
    return answer.headers.get('location') ?? String(answer.status);
  };
  assert.match(await ask({}), /^\/app-request\//);
  assert.match(
    await ask({ code_challenge: undefined, code_challenge_method: undefined }),
    /error=invalid_request/,
  );
  assert.match(await ask({ code_challenge_method: 'plain' }), /error=invalid_request/);
  assert.match(await ask({ aud: 'https://elsewhere.example/fhir' }), /error=invalid_request/);
  assert.match(await ask({ scope: 'system/Patient.r' }), /error=invalid_scope/);
  assert.match(
    await ask({ response_type: 'token' }),
    /error=unsupported_response_type|error=invalid_request/,
  );
  assert.equal(await ask({ redirect_uri: 'http://127.0.0.1:9/elsewhere' }), '400');
  assert.equal(await ask({ client_id: 'nobody' }), '400');
});

test('openid, fhirUser and offline_access are not given: an app does not learn who its user is, nor stay', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, 'openid fhirUser offline_access launch/patient patient/Patient.r');
  const came = await answered(visitor, trip, { allow: true, scopes: all, nhsNumber: '9990000018' });
  const tokens = await tokensOf(trip, came);
  assert.equal(tokens.scope, 'patient/Patient.r launch/patient');
  assert.equal(tokens.refresh_token, undefined);
});

test('a token of an app is no token of a program, and a code is neither', async () => {
  const visitor = await signedIn('nurse', '1');
  const trip = await leave(visitor, `launch/patient ${all.join(' ')}`);
  const came = await answered(visitor, trip, { allow: true, scopes: all, nhsNumber: '9990000018' });
  assert.deepEqual(await who(came.searchParams.get('code') as string), { who: null });
  const { access_token: token } = await tokensOf(trip, came);
  const headers = { authorization: `Bearer ${token}` };
  const said = await (await fetch(`${address}/fhir/which-program`, { headers })).json();
  assert.deepEqual(said, { program: null });
});

test('when an app’s registration ends, its tokens end, and nobody is asked any more', async () => {
  await insertClient(db, registered({ clientId: 'short-lived' }));
  const { tokens } = await allowed(await signedIn('nurse', '1'));
  assert.equal((await who(tokens.access_token))['app'], 'Growth chart');
  await endClient(db, 'growth-chart', clock());
  assert.deepEqual(await who(tokens.access_token), { who: null });
});

test('a registered app’s page may call the API from a browser; another site’s may not', async () => {
  const known = await preflight('http://127.0.0.1:9');
  assert.equal(known.status, 204);
  assert.equal(known.headers.get('access-control-allow-origin'), 'http://127.0.0.1:9');
  assert.equal(known.headers.get('access-control-allow-credentials'), null);
  const unknown = await preflight('https://elsewhere.example');
  assert.equal(unknown.status, 403);
  assert.equal(unknown.headers.get('access-control-allow-origin'), null);
});

test('the server says of itself what SMART asks for, and only what it does', async () => {
  const said = (await (await fetch(`${address}/fhir/.well-known/smart-configuration`)).json()) as Record<
    string,
    unknown
  >;
  assert.equal(said['authorization_endpoint'], `${address}/oauth/auth`);
  assert.deepEqual(said['code_challenge_methods_supported'], ['S256']);
  const capabilities = said['capabilities'] as string[];
  for (const absent of ['sso-openid-connect', 'permission-offline', 'client-confidential-symmetric'])
    assert.ok(!capabilities.includes(absent), absent);
});
