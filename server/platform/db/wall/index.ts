export { asRole, runPassword } from './connection.ts';
export { behindWall, closed, openFor, openingNow, pastWall, type Opening } from './opening.ts';
export { raiseWall, usualRole, walledTables, wallStatements } from './raise.ts';
export { walledDb } from './walled-db.ts';
