import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMigrations } from './migrate.ts';
import { statementsOf } from './statements.ts';
import { floors } from '../../manifest.ts';

test('a migration is cut at its semicolons, and a body between $$ stays whole', () => {
  const sql = `-- Says why; in words.
create table a.b (
  c text -- one; two
);

do $$
begin
  execute 'select 1;';
end $$;
alter table a.b add d text; -- so
drop table a.b;`;
  assert.deepEqual(
    statementsOf(sql).map((statement) => statement.split('\n').length),
    [3, 4, 1, 1],
  );
});

test('every statement of every migration begins with a word of SQL', async () => {
  const migrations = await findMigrations(floors);
  const statements = migrations.flatMap(({ sql }) => statementsOf(sql));
  assert.ok(statements.length > 100);
  for (const statement of statements)
    assert.match(statement, /^(?:create|alter|drop|insert|update|delete|do|comment|select|with|revoke)\b/);
});
