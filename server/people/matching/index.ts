export { agreementOf, compare } from './compare.ts';
export { judge } from './judge.ts';
export { keysOf } from './keys.ts';
export { defaultModel, type Model } from './model/index.ts';
export { normalise } from './normalise/index.ts';
export type * from './types.ts';
