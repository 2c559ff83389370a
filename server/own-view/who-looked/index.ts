export { eventsOn, listsOf } from './lists.ts';
export { registerWhoLooked } from './routes.ts';
export { roleName } from './names.ts';
