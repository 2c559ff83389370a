export { exact, exactText, isExact, type ExactNumber } from './exact.ts';
export { compile, createFhirPath, evaluate, type Compiled, type FhirPath } from './engine.ts';
export type { Surroundings } from './context.ts';
export type { Node } from './node.ts';
export { parse, type Ast } from './parse.ts';
export { compareMoments, readMoment } from './temporal.ts';
export { inOneUnit } from './units.ts';
