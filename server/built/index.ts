export { readyProgram } from './ready.ts';
