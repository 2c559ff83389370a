export type { Question, QuestionState } from './questions/index.ts';
export type { OwnViewServices } from './types.ts';
