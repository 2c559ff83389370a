import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manifest } from '../manifest.ts';
import { state } from '../access/index.ts';
import { ridOf } from '../record/rid.ts';
import { unzipped } from './unzip.fixture.ts';
import type { CopyManifest } from './copy/index.ts';
import { coverageOf } from './index.ts';
import { personNow } from './me/index.ts';
import { people } from '../../test/support/made-up-residents.ts';
import { house } from './own-view.fixture.ts';

const home = await house();
type Refusal = { code: string };
type People = {
  mayInvite: boolean;
  forMe: { name: string; proxy: string; classes: string[] | null }[];
  iActFor: {
    name: string | null;
    personId: string;
    isOpen: boolean;
    spans: { isNow: boolean; toAge: number | null }[];
  }[];
};
type Copies = { copies: { copyId: string; state: string; due: string }[] };
const peopleOf = async (who: 'ann' | 'bob') => (await home.ask<People>(who, 'GET', '/api/mine/people')).body;
const use = (who: 'ann' | 'bob', code: string) =>
  home.ask<Refusal>(who, 'POST', '/api/mine/people/accept', { code });
const inviting = async () =>
  (
    await home.ask<{ code: string }>('ann', 'POST', '/api/mine/people/invitations', {
      classes: ['appointments'],
    })
  ).body.code;
const guardian = () => home.staff('cal', 'R5105', 'ZZR01', 'HCOMPL');
const copyOf = async () => (await home.ask<Copies>('ann', 'GET', '/api/mine/copies')).body.copies[0]!;

describe('asking to put an entry right', () => {
  const wrong = {
    type: 'Condition',
    id: 'asthma',
    title: 'Asthma',
    wrong: 'I had it as a child.',
    should: 'Past.',
  };
  type List = {
    corrections: { correctionId: string; state: string; holder: string; answer: string | null }[];
  };

  test('it goes to who wrote it, who must answer within a month', async () => {
    const asked = await home.ask<{ due: string }>('ann', 'POST', '/api/mine/corrections', wrong);
    assert.deepEqual([asked.status, asked.body.due], [201, '2026-06-12']);
    const { corrections } = (await home.ask<List>('ann', 'GET', '/api/mine/corrections')).body;
    assert.deepEqual(
      corrections.map(({ holder, state: now }) => [holder, now]),
      [['Harbour and Quay Surgery', 'asked']],
    );
  });

  test('a doctor of who wrote it answers it, once; one elsewhere does not see it', async () => {
    await home.relate('registered', 'ann', 'ZZ0001');
    await home.relate('admission', 'ann', 'ZZR01');
    const elsewhere = await home.staff('dot', 'R8000', 'ZZR01');
    assert.deepEqual((await home.ask<List>(elsewhere, 'GET', '/api/corrections')).body.corrections, []);
    const doctor = await home.staff('sam', 'R0260', 'ZZ0001');
    const { corrections } = (await home.ask<List>(doctor, 'GET', '/api/corrections')).body;
    const path = `/api/corrections/${corrections[0]!.correctionId}/answer`;
    const answer = { state: 'changed', answer: 'We moved it to the past.' };
    assert.equal((await home.ask(elsewhere, 'POST', path, answer)).status, 404);
    assert.equal((await home.ask(doctor, 'POST', path, answer)).status, 200);
    assert.equal((await home.ask(doctor, 'POST', path, answer)).status, 409);
    const mine = (await home.ask<List>('ann', 'GET', '/api/mine/corrections')).body.corrections;
    assert.deepEqual([mine[0]!.state, mine[0]!.answer], ['changed', 'We moved it to the past.']);
  });

  test('nobody asks about an entry of somebody else', async () => {
    assert.equal((await home.ask('bob', 'POST', '/api/mine/corrections', wrong)).status, 404);
  });
});

describe('letting somebody see my record', () => {
  test('a code that was handed over opens what was chosen, and nothing else', async () => {
    const code = await inviting();
    assert.match(code, /^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
    assert.equal((await use('bob', code.toLowerCase().replaceAll('-', ' '))).status, 200);
    assert.deepEqual(
      (await peopleOf('ann')).forMe.map(({ name, classes }) => [name, classes]),
      [['Bo Marsh', ['identity', 'appointments']]],
    );
    const [acting] = (await peopleOf('bob')).iActFor;
    assert.deepEqual([acting!.name, acting!.isOpen], ['Ann Marsh', true]);
    const { body } = await home.ask<{
      appointments: unknown[];
      tests: unknown[];
      allergies: { items: unknown[] };
    }>('bob', 'GET', `/api/mine/for/${acting!.personId}/record`);
    assert.deepEqual([body.appointments.length, body.tests.length, body.allergies.items.length], [1, 0, 0]);
  });

  test('a code works once, not for oneself, and not after a week', async () => {
    const code = await inviting();
    assert.equal((await use('ann', code)).status, 404);
    assert.equal((await use('bob', code)).status, 200);
    assert.equal((await use('bob', code)).status, 404);
    const late = await inviting();
    home.at('2026-05-20T12:00:00Z');
    const refused = await use('bob', late);
    assert.deepEqual([refused.status, refused.body.code], [404, 'own-view/code-not-known']);
  });

  test('taken back, it is closed at once', async () => {
    const [bob] = (await peopleOf('ann')).forMe;
    await home.ask('ann', 'POST', '/api/mine/people/end', { proxy: bob!.proxy });
    assert.deepEqual((await peopleOf('bob')).iActFor, []);
    const path = `/api/mine/for/${await home.personId('ann')}/record`;
    assert.equal((await home.ask('bob', 'GET', path)).status, 403);
  });

  test('a parent is told what they may see at which age, and which is now', async () => {
    const proxy = {
      proxy: await home.personId('bob'),
      kind: 'parent',
      classes: null,
      from: 0,
      to: null,
    } as const;
    await home.services.db.transaction((tx) =>
      state(tx, 'proxy', ridOf(people.cay.id), proxy, { by: 'test', at: home.clock() }),
    );
    const [cay] = (await peopleOf('bob')).iActFor;
    assert.equal(cay!.name, 'Cay Marsh');
    assert.deepEqual(
      cay!.spans.filter(({ isNow }) => isNow).map(({ toAge }) => toAge),
      [12],
    );
    home.at('2030-02-03T12:00:00Z');
    const [atTwelve] = (await peopleOf('bob')).iActFor;
    assert.deepEqual(
      atTwelve!.spans.filter(({ isNow }) => isNow).map(({ toAge }) => toAge),
      [16, 16],
    );
    home.at('2034-02-03T12:00:00Z');
    assert.equal((await peopleOf('bob')).iActFor[0]!.name, null, 'closed at 16');
    home.at('2026-05-21T12:00:00Z');
  });
});

describe('a copy of everything', () => {
  type Entries = { entries: { type: string; id: string; version: number; lines: unknown; check: unknown }[] };

  test('it is asked for once, and due in a calendar month', async () => {
    const asked = await home.ask<{ due: string }>('ann', 'POST', '/api/mine/copies');
    assert.deepEqual([asked.status, asked.body.due], [201, '2026-06-21']);
    assert.equal((await home.ask('ann', 'POST', '/api/mine/copies')).status, 409);
    const refused = await home.ask<Refusal>('ann', 'GET', `/api/mine/copies/${(await copyOf()).copyId}/file`);
    assert.deepEqual([refused.status, refused.body.code], [409, 'own-view/copy-not-ready']);
  });

  test('what may tell of others is on the check list, numbers and codes are not, nor what is kept back', async () => {
    const { entries } = (
      await home.ask<Entries>(await guardian(), 'GET', `/api/copies/${(await copyOf()).copyId}`)
    ).body;
    const names = entries.map(({ type, id }) => `${type}/${id}`);
    assert.ok(names.includes('DocumentReference/letter'), names.join());
    assert.ok(
      !names.includes('Observation/sugar') && !names.includes('DocumentReference/not-for-her'),
      names.join(),
    );
  });

  test('a nurse cannot check or release it', async () => {
    const nurse = await home.staff('nia', 'R8001', 'ZZR01');
    const { copyId } = await copyOf();
    assert.equal((await home.ask(nurse, 'GET', `/api/copies/${copyId}`)).status, 404);
    assert.equal((await home.ask(nurse, 'POST', `/api/copies/${copyId}/release`)).status, 404);
  });

  test('it goes out only when each entry is decided; what is left out says why', async () => {
    const { copyId } = await copyOf();
    const checker = await guardian();
    const release = () => home.ask<Refusal>(checker, 'POST', `/api/copies/${copyId}/release`);
    assert.equal((await release()).body.code, 'own-view/not-all-checked');
    const { entries } = (await home.ask<Entries>(checker, 'GET', `/api/copies/${copyId}`)).body;
    const check = (entry: object, gives: boolean, reason?: string) =>
      home.ask<Refusal>(checker, 'POST', `/api/copies/${copyId}/checks`, { ...entry, gives, reason });
    for (const { type, id, version, lines } of entries) {
      const isLetter = type === 'DocumentReference';
      if (lines === null) {
        assert.equal((await check({ type, id, version }, true)).body.code, 'own-view/cannot-judge');
        await home.decideFor(copyId, { type, id, version });
        continue;
      }
      if (isLetter) assert.equal((await check({ type, id, version }, false)).body.code, 'own-view/say-why');
      assert.equal((await check({ type, id, version }, !isLetter, 'It tells of a neighbour.')).status, 200);
    }
    assert.equal((await release()).status, 200);
    assert.equal((await copyOf()).state, 'ready');
  });

  test('the copy holds each part as a page and as data, and its manifest counts all of it', async () => {
    const bytes = await home.take('ann', `/api/mine/copies/${(await copyOf()).copyId}/file`);
    const files = await unzipped(bytes);
    const told = JSON.parse(files.get('manifest.json')!.toString()) as CopyManifest;
    for (const { name, entries } of told.parts) {
      assert.ok(files.get(`${name}.html`)!.toString().includes('<h1>'), name);
      assert.equal((JSON.parse(files.get(`${name}.json`)!.toString()) as unknown[]).length, entries, name);
    }
    const record = JSON.parse(files.get('record.json')!.toString()) as {
      source: string;
      resource: { resourceType: string; id: string };
    }[];
    const ids = record.map(({ resource }) => `${resource.resourceType}/${resource.id}`);
    assert.ok(ids.includes('Condition/asthma') && ids.includes('Appointment/clinic'), ids.join());
    assert.deepEqual(told.leftOut, [{ type: 'DocumentReference', reason: 'It tells of a neighbour.' }]);
    assert.ok(record.every(({ source }) => source !== ''));
    assert.doesNotMatch([...files.values()].join(), /Worry of a sister|not-for-her/);
    assert.match(files.get('index.html')!.toString(), /It tells of a neighbour/);
  });

  test('what came after the check waits for a new copy, and is told of', async () => {
    await home.services.store.write(
      [
        {
          kind: 'put',
          type: 'Communication',
          id: 'late',
          resource: {
            resourceType: 'Communication',
            id: 'late',
            status: 'completed',
            subject: { reference: 'Patient/ann' },
            payload: [{ contentString: 'A word' }],
          },
        },
      ],
      { source: 'urn:openics:source:ZZ0001', channel: 'import', agent: 'test' },
    );
    const files = await unzipped(await home.take('ann', `/api/mine/copies/${(await copyOf()).copyId}/file`));
    const told = JSON.parse(files.get('manifest.json')!.toString()) as CopyManifest;
    assert.equal(told.notLookedAt, 1);
  });

  test('a broken glass is in it, and not while notice of it is delayed', async () => {
    const { patientIds } = await personNow(home.services.db, 'test', await home.personId('ann'));
    const stated = async (kind: 'glass' | 'recorded_decision', fact: object) => {
      const at = home.clock();
      await home.services.db.transaction((tx) =>
        state(tx, kind, patientIds[0]!, { ...fact, from: at.getTime(), to: null } as never, {
          by: 'test',
          at,
        }),
      );
    };
    const choices = async (): Promise<string> => {
      const bytes = await home.take('ann', `/api/mine/copies/${(await copyOf()).copyId}/file`);
      return (await unzipped(bytes)).get('choices.json')!.toString();
    };
    await stated('glass', { user: 'cis2:7', reason: 'Found in the street' });
    assert.match(await choices(), /Found in the street/);
    await stated('recorded_decision', { kind: 'delay-notice', reason: 'He reads her letters' });
    await stated('glass', { user: 'cis2:8', reason: 'Found at the door' });
    assert.match(await choices(), /Found in the street/);
    assert.doesNotMatch(await choices(), /Found at the door|He reads her letters/);
  });

  test('every table of the database has its part of the copy, or a reason why it has none', () => {
    const forgotten = Object.keys(manifest).filter((table) => coverageOf(table) === undefined);
    assert.deepEqual(forgotten, []);
  });
});
