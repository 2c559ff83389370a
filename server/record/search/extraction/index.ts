export { generateExtract, type Extract } from './generate.ts';
export { IndexRow, RangeRows, StringRows, type Wording } from './index-row.ts';
