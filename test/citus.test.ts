import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifest } from '../server/manifest.ts';
import { copyMessage, CopyRows, isUniqueViolation, type Db } from '../server/platform/db/index.ts';
import { database } from './support/database.ts';

const skip = process.env['CITUS_URL'] ? false : 'needs CITUS_URL';

const patient = '0198a000-0000-7000-8000-000000000001';
const another = '0198a000-0000-7000-8000-000000000002';

const cluster = skip ? undefined : await database();

/** What docs/reference/schema-rules.md relies on. When one of these changes, a rule may be dropped or another is needed. */
const onCitus = (name: string, work: (db: Db) => Promise<void>): void => {
  test(name, { skip }, () => work(cluster!));
};

const refused = (db: Db, statement: string, reason: RegExp): Promise<void> =>
  assert.rejects(db.query(statement), reason);

onCitus('the tests run on a cluster with at least two workers', async (db) => {
  assert.equal(db.distributed, true);
  const workers = await db.query('select 1 from pg_dist_node where groupid <> 0 and isactive');
  assert.ok(workers.length >= 2);
});

onCitus('every table lies where the manifest says', async (db) => {
  const rows = await db.query<{ name: string; kind: string; by: string | null; group: number }>(
    `select n.nspname || '.' || c.relname as name, p.partmethod as kind, p.colocationid as group,
            case when p.partkey is not null then column_to_column_name(p.logicalrelid, p.partkey) end as by
     from pg_dist_partition p
     join pg_class c on c.oid = p.logicalrelid
     join pg_namespace n on n.oid = c.relnamespace`,
  );
  const found = new Map(rows.map((row) => [row.name, row]));
  for (const [table, placement] of Object.entries(manifest)) {
    const row = found.get(table);
    if (placement.kind === 'local') assert.equal(row, undefined, `${table} is local`);
    if (placement.kind === 'reference') assert.equal(row?.kind, 'n', `${table} is whole on each machine`);
    if (placement.kind !== 'distributed') continue;
    assert.equal(row?.by, placement.by, `${table} is spread by ${placement.by}`);
    if (placement.withTable !== undefined)
      assert.equal(
        row?.group,
        found.get(placement.withTable)?.group,
        `${table} lies with ${placement.withTable}`,
      );
  }
});

onCitus("a person's record and a key are each asked of one machine", async (db) => {
  for (const question of [
    `select content from record.resource where patient_id = '${patient}' order by type, rid`,
    `select r.rid, d.source from record.resource r join record.delivery d on d.id = r.delivery_id where r.patient_id = '${patient}'`,
    `select patient_id from record.resource_key where rid = '${patient}'`,
    `select patient_id from people.number_claim where nhs_number = '9990000018'`,
  ]) {
    const plan = await db.query<Record<string, string>>(`explain ${question}`);
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    assert.match(text, /Task Count: 1\b/, question);
  }
});

onCitus('a unique key without the column that spreads the table is refused', async (db) => {
  await refused(db, 'create unique index on record.resource (rid)', /unique indexes on non-partition/);
  await db.query('create table record.probe (id uuid primary key, patient_id uuid not null)');
  await refused(
    db,
    `select create_distributed_table('record.probe', 'patient_id')`,
    /cannot create constraint|unique constraints/i,
  );
  await db.query('drop table record.probe');
});

onCitus('a key that is there already is told as such, of an insert and of a COPY', async (db) => {
  const twice = `insert into record.tally (token, id, n) values (1, '${patient}', 1)`;
  await db.query(twice);
  await assert.rejects(db.query(twice), isUniqueViolation);
  const rows = new CopyRows();
  rows.startRow(3);
  rows.int8(1);
  rows.uuid(patient);
  rows.int8(1);
  const statement = 'copy record.tally (token, id, n) from stdin (format binary)';
  await assert.rejects(
    db.transaction((tx) => tx.copyIn([{ statement, data: copyMessage(rows.ranges()) }])),
    isUniqueViolation,
  );
});

onCitus('moving a row to another patient is refused', async (db) => {
  await refused(
    db,
    `update record.resource set patient_id = '${another}' where patient_id = '${patient}'`,
    /modifying the partition value/,
  );
});

onCitus('a time made by the database is refused in an upsert', async (db) => {
  await refused(
    db,
    `insert into record.patient_head (patient_id, seq) values ('${patient}', 1)
     on conflict (patient_id) do update set seq = extract(epoch from now())::bigint`,
    /IMMUTABLE/,
  );
});

onCitus('a random value is refused in an update', async (db) => {
  await refused(db, `update record.patient_head set seq = (random() * 9)::bigint`, /VOLATILE/);
});

onCitus('a trigger on a table that is spread or copied is refused', async (db) => {
  await db.query(
    `create function record.probe() returns trigger language plpgsql as 'begin return new; end'`,
  );
  for (const table of ['record.resource', 'record.delivery']) {
    await refused(
      db,
      `create trigger probe before insert on ${table} for each row execute function record.probe()`,
      /triggers are not supported/,
    );
  }
  await db.query('drop function record.probe()');
});

onCitus('a counter column on a table that is spread is refused', async (db) => {
  await refused(db, 'alter table record.resource add column number bigserial', /serial/);
});

onCitus('a join by anything but the column that spreads both tables is refused', async (db) => {
  await refused(
    db,
    `select r.content from record.resource_key k
     join record.resource r on r.patient_id = k.patient_id and r.rid = k.rid
     where k.rid = '${patient}'`,
    /repartition/,
  );
});

onCitus('locking rows of many patients is refused, of one patient it works', async (db) => {
  await refused(db, 'select seq from record.patient_head for update', /FOR UPDATE/);
  await db.transaction((tx) =>
    tx.query(`select seq from record.patient_head where patient_id = '${patient}' for update`),
  );
});

onCitus('testing the rows of a bounded walk against another table is refused', async (db) => {
  await refused(
    db,
    `select count(*) from (select * from record.resource order by created limit 10) r
     where exists (select 1 from record.search_string s where s.patient_id = r.patient_id and s.rid = r.rid offset 0)`,
    /correlated subqueries/,
  );
});
