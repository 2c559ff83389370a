export { readDate, type DateRange } from './dates.ts';
export { createExtractor, type Extractor } from './extractor.ts';
export { IndexRow, RangeRows, StringRows, type Wording } from './extraction/index-row.ts';
export { fromLondon, londonOffset } from './london.ts';
export { combinationOf, toBigInt, typeToken, type Halves } from './hash.ts';
export { isAnswered } from './parameters/answered.ts';
export { patientOf } from './parameters/owner.ts';
export { createSearch, type Search, type SearchRequest, type SearchResult } from './search.ts';
export type { Visible } from './sql/bindings.ts';
