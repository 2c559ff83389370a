export { coverageOf } from './coverage.ts';
export { registerCopies } from './routes.ts';
