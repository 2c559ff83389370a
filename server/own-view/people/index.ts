export { registerPeople } from './routes.ts';
export { invitationsOf } from './store.ts';
