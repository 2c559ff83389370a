export { accountOf, accountState, accountStatement, type AccountKind, type AccountState } from './account.ts';
export { asRole } from './connection.ts';
export {
  apart,
  behindWall,
  cameThrough,
  closed,
  isBehindWall,
  marked,
  openFor,
  openingNow,
  pastWall,
  throughWall,
  type Opening,
  type Past,
} from './opening.ts';
export { pastWallDb } from './past-db.ts';
export { raiseWall, walledTables, wallStatements, type RunRights } from './raise.ts';
export { walledDb } from './walled-db.ts';
export { makeWriter, rightsOnCitus, writerStatements, type WriterRights } from './writer.ts';
