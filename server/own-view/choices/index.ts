export { registerChoices } from './routes.ts';
