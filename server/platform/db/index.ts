export { gather } from './gather.ts';
export { copyMessage, CopyRows, uuidList, writeUuid } from './copy-rows.ts';
export type { CopyPart, Db, Lease, PoolDb, Queryable, QueryOptions, Setting, Tx } from './types.ts';
export { openDb, type DbOptions } from './pool.ts';
export { errorCode, isAway, isUniqueViolation } from './failures.ts';
export { findMigrations, migrate, migrationState, type Migration, type MigrationState } from './migrate.ts';
export type { Manifest, Placement } from './placement.ts';
export {
  accountOf,
  accountState,
  accountStatement,
  apart,
  asRole,
  behindWall,
  cameThrough,
  closed,
  isBehindWall,
  makeWriter,
  rightsOnCitus,
  marked,
  openFor,
  openingNow,
  pastWall,
  pastWallDb,
  raiseWall,
  throughWall,
  walledDb,
  walledTables,
  wallStatements,
  writerStatements,
  type AccountKind,
  type AccountState,
  type Opening,
  type Past,
  type RunRights,
  type WriterRights,
} from './wall/index.ts';
