export type { CopyManifest } from './build.ts';
export { coverageOf } from './coverage.ts';
export { registerCopies } from './routes.ts';
export { copies, decideEntry } from './store.ts';
