export { mappingOf, shippedMappings } from './mappings.ts';
export { fieldsOf, readCsv, type CsvRecord } from './read.ts';
export { headerFault, rowAgain, rowArrival, type RowPlace } from './arrival.ts';
export type { Dialect, Mapping, RowFault } from './types.ts';
