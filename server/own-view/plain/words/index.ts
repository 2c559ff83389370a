export { conditions, partsOfLife } from './conditions.ts';
export { findWords, type Saying } from './find.ts';
export { medicines } from './medicines.ts';
export { tests } from './tests.ts';
