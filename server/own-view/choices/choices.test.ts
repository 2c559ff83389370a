import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hospital, people } from '../../../test/support/made-up-residents.ts';
import { state } from '../../access/index.ts';
import { sightOf } from '../../record/pieces/index.ts';
import { ridOf } from '../../record/rid.ts';
import { house, type Asks } from '../own-view.fixture.ts';

const note = {
  resourceType: 'DocumentReference',
  id: 'worry-about-bob',
  meta: {
    source: hospital,
    security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }],
  },
  status: 'current',
  subject: { reference: 'Patient/bob' },
  content: [{ attachment: { contentType: 'text/plain', title: 'Note' } }],
};

type Answer = {
  choices: { kind: string; organisation: string | null }[];
  history: { kind: string; act: string }[];
  seals: { type: string; id: string; mine: boolean }[];
  known: { id: string; name: string }[];
};

const home = await house();
const choicesOf = async (who: Asks) => (await home.ask<Answer>(who, 'GET', '/api/mine/choices')).body;

/** Whether staff may read an entry of Ann's, by the same decisions that stand behind every page. */
async function mayRead(who: Asks, type: string, id: string): Promise<string> {
  if (typeof who === 'string') throw new TypeError('staff only');
  const [stored] = await home.services.store.readMany([{ type, id }]);
  const sight = sightOf(home.viewing(who), home.services.store.sourcesOf)!;
  const [verdict] = await sight.judges('read', [stored!]);
  return verdict!.decision.effect;
}

describe('choosing', () => {
  test('a choice counts at once, is shown once, and can be taken back', async () => {
    const said = await home.ask<{ changed: boolean }>('ann', 'POST', '/api/mine/choices', {
      kind: 'objects-to-sharing',
    });
    assert.deepEqual(said.body, { changed: true });
    assert.deepEqual(
      (await choicesOf('ann')).choices.map(({ kind }) => kind),
      ['objects-to-sharing'],
    );
    home.at('2026-05-12T12:05:00Z');
    await home.ask('ann', 'POST', '/api/mine/choices/end', { kind: 'objects-to-sharing' });
    const after = await choicesOf('ann');
    assert.deepEqual(after.choices, []);
    assert.deepEqual(
      after.history.map(({ act }) => act),
      ['took-back', 'said'],
    );
  });

  test('said twice, it is one choice', async () => {
    await home.ask('ann', 'POST', '/api/mine/choices', { kind: 'type-1-opt-out' });
    const again = await home.ask<{ changed: boolean }>('ann', 'POST', '/api/mine/choices', {
      kind: 'type-1-opt-out',
    });
    assert.deepEqual(again.body, { changed: false });
    await home.ask('ann', 'POST', '/api/mine/choices/end', { kind: 'type-1-opt-out' });
  });

  test('it stands under every record of the person, so that it stays should they be parted', async () => {
    await home.ask('ann', 'POST', '/api/mine/choices', { kind: 'national-data-opt-out' });
    const [row] = await home.services.db.query<{ n: number }>(
      `select count(distinct patient_id)::int as n from access.choice where kind = 'national-data-opt-out' and recorded_to is null`,
    );
    assert.equal(row!.n, 2);
    await home.ask('ann', 'POST', '/api/mine/choices/end', { kind: 'national-data-opt-out' });
  });

  test('a service to keep out is one of those that hold or looked at the record', async () => {
    const { known } = await choicesOf('ann');
    assert.deepEqual(
      known.map(({ name }) => name),
      ['Harbour and Quay Surgery', 'Marram Hospitals NHS Trust'],
    );
    const refused = await home.ask<{ code: string }>('ann', 'POST', '/api/mine/choices', {
      kind: 'blocks-organisation',
    });
    assert.equal(refused.status, 400);
    assert.equal(refused.body.code, 'own-view/no-such-organisation');
  });
});

describe('what a person may not see is told by nothing', () => {
  test('not by the services to keep out, where one wrote nothing else', async () => {
    const { known } = await choicesOf('bob');
    await home.services.store.write([{ kind: 'put', type: note.resourceType, id: note.id, resource: note }], {
      source: hospital,
      channel: 'import',
      agent: 'test',
    });
    assert.deepEqual((await choicesOf('bob')).known, known);
    assert.ok(!known.some(({ name }) => name.startsWith('Marram')));
  });

  test('nor by the entries that are hidden', async () => {
    const filedUnder = ridOf(people.bob.id);
    const seal = { level: 'locked', resourceType: 'DocumentReference', resourceId: note.id } as const;
    await home.services.db.transaction((tx) =>
      state(
        tx,
        'seal',
        filedUnder,
        { ...seal, organisation: filedUnder, team: null, from: 0, to: null },
        { by: 'test', at: home.clock() },
      ),
    );
    assert.deepEqual((await choicesOf('bob')).seals, []);
  });
});

describe('hiding an entry', () => {
  test('what is hidden is closed to staff elsewhere at once, and open to who wrote it', async () => {
    const doctor = await home.staff('sam', 'R0260', 'ZZ0001');
    await home.relate('registered', 'ann', 'ZZ0001');
    assert.equal(await mayRead(doctor, 'Condition', 'asthma'), 'permit');
    const nurse = await home.staff('nia', 'R8001', 'ZZR01');
    await home.relate('admission', 'ann', 'ZZR01');
    const before = await mayRead(nurse, 'Condition', 'asthma');
    const done = await home.ask<{ changed: boolean }>('ann', 'POST', '/api/mine/seals', {
      type: 'Condition',
      id: 'asthma',
    });
    assert.deepEqual(done.body, { changed: true });
    assert.equal(await mayRead(doctor, 'Condition', 'asthma'), 'permit', 'who wrote it');
    assert.notEqual(await mayRead(nurse, 'Condition', 'asthma'), 'permit', `was ${before}`);
    assert.deepEqual(
      (await choicesOf('ann')).seals.map(({ id, mine }) => [id, mine]),
      [['asthma', true]],
    );
    await home.ask('ann', 'POST', '/api/mine/seals/end', { type: 'Condition', id: 'asthma' });
    assert.deepEqual((await choicesOf('ann')).seals, []);
  });

  test('nobody hides an entry of somebody else, nor one they may not see', async () => {
    for (const entry of [
      { type: 'Patient', id: 'bob' },
      { type: 'DocumentReference', id: 'not-for-her' },
      { type: 'Condition', id: 'no-such' },
    ]) {
      const refused = await home.ask<{ code: string }>('ann', 'POST', '/api/mine/seals', entry);
      assert.equal(refused.status, 404, entry.id);
      assert.equal(refused.body.code, 'own-view/nothing-here');
    }
  });
});

describe('who may choose', () => {
  test('staff, and callers without sign-in, have no view of their own', async () => {
    const nurse = await home.staff('nia', 'R8001', 'ZZR01');
    const refused = await home.ask<{ code: string }>(nurse, 'GET', '/api/mine/choices');
    assert.equal(refused.status, 403);
    assert.equal(refused.body.code, 'own-view/not-a-person');
  });

  test('somebody of 14 without a decision that they understand sees nothing here', async () => {
    const refused = await home.ask<{ code: string; place: string }>('dee', 'GET', '/api/mine/choices');
    assert.equal(refused.status, 403);
    assert.equal(refused.body.place, 'old-enough');
  });
});

describe('help a person needs', () => {
  type Wishes = { wishes: { wishId: string; code: string; ended: string | null }[] };
  const wishes = async () => (await home.ask<Wishes>('ann', 'GET', '/api/mine/wishes')).body.wishes;

  test('what is asked for stands in the record as a flag, and goes with it', async () => {
    await home.ask('ann', 'POST', '/api/mine/wishes', {
      kind: 'adjustment',
      code: 'more-time',
      detail: '20 minutes',
    });
    const [wish] = await wishes();
    const flag = await home.services.store.read('Flag', wish!.wishId);
    const resource = JSON.parse(flag!.content) as { status: string; code: { text: string } };
    assert.equal(resource.status, 'active');
    assert.equal(resource.code.text, 'Needs longer appointments: 20 minutes');
    const doctor = await home.staff('sam', 'R0260', 'ZZ0001');
    assert.equal(await mayRead(doctor, 'Flag', wish!.wishId), 'permit');
    const { sources } = (await home.ask<{ sources: string[] }>('ann', 'GET', '/api/mine/record')).body;
    assert.deepEqual(sources.toSorted(), ['Harbour and Quay Surgery', 'Marram Hospitals NHS Trust']);
    await home.ask('ann', 'POST', `/api/mine/wishes/${wish!.wishId}/end`);
    const ended = JSON.parse((await home.services.store.read('Flag', wish!.wishId))!.content) as {
      status: string;
    };
    assert.equal(ended.status, 'inactive');
  });

  test('a new language ends the old one, and both stay in the history', async () => {
    await home.ask('ann', 'POST', '/api/mine/wishes', { kind: 'language', code: 'pl' });
    await home.ask('ann', 'POST', '/api/mine/wishes', { kind: 'language', code: 'uk' });
    const spoken = (await wishes()).filter(({ code }) => code === 'pl' || code === 'uk');
    assert.deepEqual(spoken.map(({ code, ended }) => [code, ended === null]).sort(), [
      ['pl', false],
      ['uk', true],
    ]);
  });

  test('what is on no list is refused', async () => {
    const refused = await home.ask<{ code: string }>('ann', 'POST', '/api/mine/wishes', {
      kind: 'contact',
      code: 'by-pigeon',
    });
    assert.equal(refused.status, 400);
  });
});
