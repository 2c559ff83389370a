export { checkSolution, inrc2Files, type Breach, type Score, type Verdict } from './checker/index.ts';
export { readProblem } from './read/index.ts';
export { solve, type Impossible, type Progress, type Solution, type SolveOptions } from './solve.ts';
export { readStages, solveStages, type Staged, type StagedOptions } from './stages.ts';
export { makeWard, type WardOptions } from './ward/index.ts';
export { readSolution, writeRoster } from './write.ts';
export type * from './types.ts';
