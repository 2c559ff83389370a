export { registerQuestions } from './routes.ts';
export { allQuestions, findQuestion, questionsOf, type Question, type QuestionState } from './store.ts';
