export { coverageOf } from './copy/index.ts';
export type { PlainRecord } from './plain/index.ts';
export type { Question, QuestionState } from './questions/index.ts';
export { registerOwnView } from './register.ts';
export type { OwnViewServices } from './types.ts';
export { ownViewSource } from './wishes/index.ts';
