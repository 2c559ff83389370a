export type { CopyManifest } from './build.ts';
export { coverageOf } from './coverage.ts';
export { registerCopies } from './routes.ts';
export { decideEntry } from './store.ts';
