export { compileModel, type CompiledModel } from './compile.ts';
export { defaultModel } from './default.ts';
export { splinkFrom } from './splink-out.ts';
export { modelFromText, modelText } from './text.ts';
export type { BlockingRule, Comparison, Condition, KeyPart, Level, Model, TermFrequencies } from './types.ts';
export { inSteps, levelWeight, probabilityOf, termWeights } from './weights.ts';
