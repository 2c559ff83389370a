export { slimFirst } from './first.ts';
export { SlimSearch } from './search.ts';
export { slimsOf } from './slim.ts';
