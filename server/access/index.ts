export { decide, type Action, type Decision, type Question, type Subject } from './rules.ts';
