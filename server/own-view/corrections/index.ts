export { registerCorrections } from './routes.ts';
export { corrections } from './store.ts';
