import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floors, manifest } from '../server/manifest.ts';
import { findMigrations } from '../server/platform/db/index.ts';
import { database } from './support/database.ts';

const db = await database();

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'citus', 'citus_internal', 'columnar', 'columnar_internal', 'public')
  and n.nspname !~ '^pg_'`;

test('every table of the database stands in the manifest, and every line of the manifest is a table', async () => {
  const rows = await db.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and ${ours}
     order by 1`,
  );
  assert.ok(rows.length > 10, 'the test looks at real tables');
  assert.deepEqual(
    rows.map((row) => row.name),
    Object.keys(manifest).sort(),
  );
});

test('a distributed table has its column in every primary and unique key, never null', async () => {
  for (const [table, placement] of Object.entries(manifest)) {
    if (placement.kind !== 'distributed') continue;
    const keys = await db.query<{ name: string; columns: string[] }>(
      `select i.relname as name, array_agg(a.attname::text order by k.place) as columns
       from pg_index x
       join pg_class i on i.oid = x.indexrelid
       join unnest(x.indkey) with ordinality k (attnum, place) on true
       join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
       where x.indrelid = $1::regclass and x.indisunique
       group by i.relname`,
      [table],
    );
    for (const key of keys) {
      assert.ok(key.columns.includes(placement.by), `${key.name} of ${table} has ${placement.by}`);
      if (placement.by === 'patient_id')
        assert.equal(key.columns[0], 'patient_id', `${key.name} begins with patient_id`);
    }
    const [column] = await db.query<{ is_nullable: string }>(
      `select is_nullable from information_schema.columns
       where table_schema || '.' || table_name = $1 and column_name = $2`,
      [table, placement.by],
    );
    assert.equal(column?.is_nullable, 'NO', `${table}.${placement.by} is never null`);
  }
});

test('no table that is spread or copied has a trigger, a sequence or a default that differs by machine', async () => {
  const local = Object.keys(manifest).filter((table) => manifest[table]?.kind === 'local');
  const triggers = await db.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${ours}`,
  );
  assert.deepEqual(
    triggers.filter((row) => !local.includes(row.name)),
    [],
  );
  const defaults = await db.query<{ name: string; text: string }>(
    `select n.nspname || '.' || c.relname as name, pg_get_expr(d.adbin, d.adrelid) as text
     from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
     where ${ours}`,
  );
  const differing = defaults.filter(
    (row) => !local.includes(row.name) && /nextval|now\(|random|timestamp|uuid/i.test(row.text),
  );
  assert.deepEqual(differing, []);
});

test('a foreign key stays on one machine, or points at a table that is whole on each', async () => {
  const keys = await db.query<{ name: string; target: string; columns: string[] }>(
    `select n.nspname || '.' || c.relname as name, fn.nspname || '.' || f.relname as target,
            array(select a.attname::text from unnest(k.conkey) u (attnum)
                  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) as columns
     from pg_constraint k
     join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
     where k.contype = 'f' and ${ours}`,
  );
  for (const key of keys) {
    const from = manifest[key.name];
    const to = manifest[key.target];
    if (from?.kind !== 'distributed' || to?.kind === 'reference') continue;
    assert.ok(to?.kind === 'distributed' && key.columns.includes(from.by), `${key.name} -> ${key.target}`);
  }
});

test('no statement of a migration asks the database for a time or a random value in an upsert', async () => {
  const migrations = await findMigrations(floors);
  assert.ok(migrations.length > 0);
  for (const migration of migrations) {
    assert.doesNotMatch(
      migration.sql,
      /do update set[^;]*(now\(|clock_timestamp|random)/i,
      `${migration.room}/${migration.name}`,
    );
  }
});
