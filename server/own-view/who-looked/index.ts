export { findLook } from './find.ts';
export { eventsOn, listsOf } from './lists.ts';
export { registerWhoLooked } from './routes.ts';
export { organisationIdsIn } from './names.ts';
