export { nearest } from './nearest.ts';
export { openSteps, seconds, type Steps } from './steps.ts';
