export { registerCorrections } from './routes.ts';
export { correctionsOf } from './store.ts';
