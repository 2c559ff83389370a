export { fault } from './faults.ts';
export { faultOf } from './input-fault.ts';
export { piecesOf } from './pieces.ts';
export { readFile, type Reading, type ReadOptions } from './read-file.ts';
export {
  readingLimits,
  type BundleEnd,
  type EntryRequest,
  type Fault,
  type FaultCode,
  type Found,
  type Head,
  type Part,
  type ReadingLimits,
} from './types.ts';
export { walk, type InputFile, type PassedOver, type Walked, type WalkFault } from './walk.ts';
