export { gather } from './gather.ts';
export { copyMessage, CopyRows, uuidList, writeUuid } from './copy-rows.ts';
export type { CopyPart, Db, Lease, Queryable, Tx } from './types.ts';
export { openDb, type DbOptions } from './pool.ts';
export { errorCode, isAway, isUniqueViolation } from './failures.ts';
export { findMigrations, migrate, migrationState, type Migration, type MigrationState } from './migrate.ts';
export type { Manifest, Placement } from './placement.ts';
export {
  asRole,
  behindWall,
  closed,
  openFor,
  pastWall,
  raiseWall,
  runPassword,
  usualRole,
  walledDb,
  walledTables,
  wallStatements,
  type Opening,
} from './wall/index.ts';
