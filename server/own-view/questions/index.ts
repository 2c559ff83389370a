export { registerQuestions } from './routes.ts';
export { questions, type Question, type QuestionState } from './store.ts';
