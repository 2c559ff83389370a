import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Db, Tx } from './types.ts';
import { placeTables, type Manifest } from './placement.ts';
import { statementsOf } from './statements.ts';
import { Problem } from '../errors.ts';

export type Migration = { room: string; name: string; sql: string; checksum: string };
export type MigrationState = {
  done: Migration[];
  waiting: Migration[];
  changed: string[];
  unknown: string[];
};

const serverFolder = path.resolve(import.meta.dirname, '../..');

/** Every migration of every room, lower floors first. A room's migrations run in the order of their numbers. */
export async function findMigrations(floors: readonly string[], folder = serverFolder): Promise<Migration[]> {
  const found: Migration[] = [];
  for await (const file of glob('**/migrations/*.sql', { cwd: folder })) {
    const room = path.dirname(path.dirname(file)).split(path.sep).join('/');
    const sql = await readFile(path.join(folder, file), 'utf8');
    found.push({
      room,
      name: path.basename(file, '.sql'),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
    });
  }
  const floorOf = (room: string): number => {
    const floor = floors.indexOf(room.split('/')[0] ?? '');
    if (floor < 0) throw new Problem('platform/unknown-room', 500, `The room ${room} is on no floor.`);
    return floor;
  };
  return found.sort(
    (a, b) => floorOf(a.room) - floorOf(b.room) || compare(a.room, b.room) || compare(a.name, b.name),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Which migrations the database has, lacks, has in another text, or has and we do not know. */
export async function migrationState(db: Db, migrations: Migration[]): Promise<MigrationState> {
  const [there] = await db.query<{ there: boolean }>(
    `select to_regclass('platform.migration') is not null as there`,
  );
  const rows = there?.there
    ? await db.query<{ room: string; name: string; checksum: string }>(
        'select room, name, checksum from platform.migration',
      )
    : [];
  const applied = new Map(rows.map((row) => [`${row.room}/${row.name}`, row.checksum]));
  const keyOf = (m: Migration): string => `${m.room}/${m.name}`;
  const known = new Set(migrations.map(keyOf));
  return {
    done: migrations.filter((m) => applied.has(keyOf(m))),
    waiting: migrations.filter((m) => !applied.has(keyOf(m))),
    changed: migrations
      .filter((m) => applied.has(keyOf(m)) && applied.get(keyOf(m)) !== m.checksum)
      .map(keyOf),
    unknown: [...applied.keys()].filter((key) => !known.has(key)),
  };
}

/**
 * Brings the database to the newest schema. Each migration runs once, in its own transaction, and on Citus each new
 * table is placed as the manifest says. Throws a Problem when an applied migration was edited, or is from a newer version.
 */
export async function migrate(
  db: Db,
  options: { floors: readonly string[]; manifest: Manifest; log?: (text: string) => void },
): Promise<number> {
  const migrations = await findMigrations(options.floors);
  await prepare(db);
  const state = await migrationState(db, migrations);
  if (state.changed.length > 0) {
    throw new Problem(
      'platform/migration-changed',
      500,
      `An applied migration was edited: ${state.changed.join(', ')}.`,
      {
        wayOut: 'Put the file back as it was and add a new migration instead.',
      },
    );
  }
  if (state.unknown.length > 0) {
    throw new Problem(
      'platform/database-newer',
      500,
      `The database has migrations this version does not know: ${state.unknown.join(', ')}.`,
      {
        wayOut: 'Start the newer version of OpenICS that made them.',
      },
    );
  }
  const dropped = new Set(migrations.flatMap(({ sql }) => namesIn(sql, /^drop table (\w+\.\w+)/gm)));
  for (const migration of state.waiting) {
    options.log?.(`${migration.room}/${migration.name}`);
    await db.transaction(async (tx) => {
      if (!(await apply(tx, migration)) || !db.distributed) return;
      const made = namesIn(migration.sql, /^create table (\w+\.\w+)/gm).filter(
        (table) => !dropped.has(table),
      );
      await placeTables(tx, made, options.manifest);
    });
  }
  return state.waiting.length;
}

async function prepare(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(7301)');
    await tx.query('create schema if not exists platform');
    await tx.query(`
      create table if not exists platform.migration (
        room text not null,
        name text not null,
        checksum text not null,
        applied timestamptz not null,
        primary key (room, name)
      )`);
  });
}

const namesIn = (sql: string, pattern: RegExp): string[] =>
  [...sql.matchAll(pattern)].map(([, name]) => name!);

/** Runs a migration once. False when another server was first. */
async function apply(tx: Tx, migration: Migration): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock(7301)');
  const already = await tx.query('select 1 from platform.migration where room = $1 and name = $2', [
    migration.room,
    migration.name,
  ]);
  if (already.length > 0) return false;
  for (const statement of statementsOf(migration.sql)) await tx.query(statement);
  await tx.query('insert into platform.migration (room, name, checksum, applied) values ($1, $2, $3, $4)', [
    migration.room,
    migration.name,
    migration.checksum,
    new Date(),
  ]);
  return true;
}
