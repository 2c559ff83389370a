export {
  checkSolution,
  inrc2Files,
  readCurtois,
  readInrc1,
  type Breach,
  type Score,
  type Verdict,
} from './checker/index.ts';
export {
  checkEdit,
  clash,
  explain,
  type Clause,
  type Edit,
  type EditVerdict,
  type Explanation,
  type Ground,
} from './explain/index.ts';
export { priceOf, softRules, type Price, type SoftRule } from './price.ts';
export { readProblem } from './read/index.ts';
export { replan, type Absence, type Replanned } from './replan.ts';
export { scoreOf } from './score.ts';
export { solve, type Impossible, type Progress, type Solution, type SolveOptions } from './solve.ts';
export { readStages, solveStages, type Staged, type StagedOptions } from './stages.ts';
export { Chance, makeWard, wardText, type WardOptions } from './ward/index.ts';
export { readSolution, writeRoster } from './write.ts';
export type * from './types.ts';
