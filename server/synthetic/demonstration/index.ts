export { demonstrationPersonas } from './personas/index.ts';
export { registerDemonstration } from './routes.ts';
export { feedsFolderOf, keepDemonstration, readDemonstration } from './state.ts';
export type { Demonstration } from './types.ts';
