import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { after, test } from 'node:test';
import { databaseAddress } from '../../test/support/database.ts';
import { givePost, state } from '../access/index.ts';
import { openDb } from '../platform/db/index.ts';
import { newId } from '../platform/ids.ts';
import { createServices } from '../services.ts';

const closing: (() => Promise<unknown> | void)[] = [];
after(async () => {
  for (const close of closing.toReversed()) await close();
});
const { url } = await databaseAddress();
const db = await openDb({ connection: { connectionString: url } });
const services = await createServices(db);
closing.push(
  () => db.close(),
  () => services.validator.stop(),
);
const began = Date.parse('2026-05-01T00:00:00Z');
const said = { by: 'test', at: new Date(began) };

type Known = { posts: number; relationships: number; choices: number; patients: number };
type Server = { child: ChildProcess; lines: Interface; ask(user: string, patient: string): Promise<Known> };

/** A process that reads facts, as each server does. */
async function server(): Promise<Server> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'reader.fixture.ts'), url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  closing.push(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  const ask = async (user: string, patient: string): Promise<Known> => {
    const answer = once(lines, 'line');
    child.stdin.write(`${user} ${patient}\n`);
    return JSON.parse(String((await answer)[0])) as Known;
  };
  return { child, lines, ask };
}

/** Another process commits a change, and is killed before it does anything else. */
async function changeAndKill(change: Record<string, string>): Promise<void> {
  const file = path.join(import.meta.dirname, 'killed-writer.fixture.ts');
  const child = spawn(process.execPath, [file, url, JSON.stringify(change)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

test('what one server ends, every other knows at its next question, though the one is killed at once', async () => {
  const [patient, twin] = [newId(), newId()];
  const identity = {
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
    name: [{ family: 'Okafor', given: ['Ada'] }],
    birthDate: '1950-03-01',
  };
  for (const [at, id] of [patient, twin].entries())
    await services.store.write(
      [{ kind: 'put', type: 'Patient', id, resource: { resourceType: 'Patient', id, ...identity } }],
      {
        source: `urn:openics:source:ZZ000${at}`,
        channel: 'import',
        agent: 'test',
      },
    );
  const [tie, choice, post] = await db.transaction(async (tx) => {
    const span = { from: began, to: null };
    const common = { organisation: null, user: null, project: null, ...span };
    const admitted = {
      kind: 'admission',
      organisation: 'trust',
      team: null,
      user: null,
      evidence: 'Encounter/1',
      ...span,
    } as const;
    const held = {
      user: 'sam',
      kind: 'staff',
      person: null,
      role: 'R8001',
      organisation: 'trust',
      teams: [],
      ...span,
    } as const;
    return [
      await state(tx, 'relationship', patient, admitted, said),
      await state(tx, 'choice', patient, { kind: 'agrees-to-project', ...common }, said),
      await givePost(tx, { ...held, teams: [] }, said),
    ] as const;
  });
  const [first, second] = await Promise.all([server(), server()]);
  let servers = [first, second];
  const all = () => Promise.all(servers.map((each) => each.ask('sam', patient)));
  const everywhere = async (expected: Known): Promise<void> => {
    const begun = performance.now();
    for (const known of await all()) assert.deepEqual(known, expected);
    assert.ok(performance.now() - begun < 1_000);
  };
  await everywhere({ posts: 1, relationships: 1, choices: 1, patients: 2 });
  await changeAndKill({ patient, relationship: tie, choice });
  await everywhere({ posts: 1, relationships: 0, choices: 0, patients: 2 });
  first.child.kill('SIGKILL');
  servers = [second];
  await changeAndKill({ patient, post, unlinked: twin });
  servers = [await server(), second];
  await everywhere({ posts: 0, relationships: 0, choices: 0, patients: 1 });
});
