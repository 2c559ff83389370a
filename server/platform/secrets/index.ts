export { moveHome, moveOut, type Holding } from './holding.ts';
export { keeper, openKeeper } from './keeper.ts';
export { mustBeName, namedIn, reference, slug } from './names.ts';
export { problems as secretProblems } from './problems.ts';
export { secretFile, secretText, secretValues } from './text.ts';
export type { Keeper, Kept, Values } from './types.ts';
