import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { Client } from 'pg';
import { databaseAddress } from '../../../test/support/database.ts';
import { newId } from '../../platform/ids.ts';

// Registered before the database, so that the role is gone before its database is.
const cleaning: (() => Promise<void>)[] = [];
after(async () => {
  for (const work of cleaning) await work();
});
const { url, name } = await databaseAddress();
const runner = `${name}_run`;
const owner = new Client({ connectionString: url });
await owner.connect();
cleaning.push(async () => {
  await owner.query(`reset role; drop owned by ${runner}; drop role ${runner}`);
  await owner.end();
});

/** The statements of the document, tried as they stand there, on a table of our own. */
const statements = (title: string): string => {
  const text = readFileSync(
    path.resolve(import.meta.dirname, '../../../docs/security/second-wall.md'),
    'utf8',
  );
  const found = new RegExp(`## ${title}\\n[^]*?\`\`\`sql\\n([^]*?)\`\`\``).exec(text);
  assert.ok(found, `the document has a part “${title}”`);
  return found[1]!
    .replaceAll('openics_run', runner)
    .replaceAll('openics_owner', 'current_user')
    .replaceAll('record.resource', 'wall.resource')
    .replaceAll('schema record', 'schema wall')
    .replace('encrypted password :password', '');
};

const [ann, bob] = [newId(), newId()];
await owner.query(`create schema wall;
  create table wall.resource (patient_id uuid not null, body text not null, primary key (patient_id, body))`);
await owner.query(statements('The role'));
await owner.query(statements('The wall'));
await owner.query(`insert into wall.resource values ('${ann}', 'a'), ('${bob}', 'b')`);

/** What one request sees that opened the wall for these patients. */
async function seen(
  settings: string[],
  sql = 'select body from wall.resource order by body',
): Promise<string[]> {
  await owner.query(`begin; set local role ${runner}`);
  try {
    for (const setting of settings) await owner.query(setting);
    return (await owner.query<{ body: string }>(sql)).rows.map(({ body }) => body);
  } finally {
    await owner.query('rollback');
  }
}

const opening = (...patients: string[]): string => `set local app.patients = '{${patients.join()}}'`;

test('a request that opened nothing sees nothing, and a count tells nothing', async () => {
  assert.deepEqual(await seen([]), []);
  assert.deepEqual(await seen([], 'select count(*)::text as body from wall.resource'), ['0']);
});

test('a request sees the patients it was decided for, and no other', async () => {
  assert.deepEqual(await seen([opening(ann)]), ['a']);
  assert.deepEqual(await seen([opening(ann, bob)]), ['a', 'b']);
});

test('what one request opened is closed for the next on the same connection', async () => {
  await seen([opening(ann)]);
  assert.deepEqual(await seen([]), []);
});

test('a job that goes over everybody says so, and then sees all', async () => {
  assert.deepEqual(await seen([`set local app.everybody = 'analysis'`]), ['a', 'b']);
  assert.deepEqual(await seen([`set local app.everybody = ''`]), []);
});

test('nobody writes a row of a patient who is not open', async () => {
  const insert = `insert into wall.resource values ('${bob}', 'c') returning body`;
  await assert.rejects(seen([opening(ann)], insert), /row-level security/);
  assert.deepEqual(await seen([opening(bob)], insert), ['c']);
});

test('the run-time role cannot take the wall down, pass it, or become the owner', async () => {
  await assert.rejects(seen([], 'alter table wall.resource disable row level security'), /must be owner/);
  await assert.rejects(seen(['set local row_security = off']), /row-level security/);
  const [role] = (
    await owner.query<{ rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean }>(
      'select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = $1',
      [runner],
    )
  ).rows;
  assert.deepEqual(role, { rolsuper: false, rolbypassrls: false, rolcreaterole: false });
});

test('a lookup by patient still goes by the key', async () => {
  await owner.query(`begin; set local role ${runner}; ${opening(ann)}; set local enable_seqscan = off`);
  const plan = await owner.query<{ 'QUERY PLAN': string }>(
    `explain select body from wall.resource where patient_id = '${ann}'`,
  );
  await owner.query('rollback');
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  assert.match(text, /Index/);
});
