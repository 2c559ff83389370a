export { registerPeople } from './routes.ts';
export { actingAt } from './rules.ts';
export { invitationsOf } from './store.ts';
