export { registerWaiting } from './routes.ts';
