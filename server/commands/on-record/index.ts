export { bulkRecord } from './bulk.ts';
export { withRecord } from './with-record.ts';
export { openRecord, type Act, type CommandRecord } from './open.ts';
export { recordingDb } from './recording-db.ts';
export { operator, type Operator } from './who.ts';
