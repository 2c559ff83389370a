export { findWords, tests as testWords } from './words/index.ts';
export { loadShown, permittedAmong, type Shown } from './load.ts';
export { plainRecord } from './plain.ts';
export { registerPlainRecord } from './routes.ts';
export type { PlainRecord } from './types.ts';
