export { problemOf } from './problem.ts';
export { packsFor, readRosterFile } from './read.ts';
export { RosterFile } from './schema.ts';
export type { DemandInFile, PersonInFile, ShiftInFile } from './schema.ts';
