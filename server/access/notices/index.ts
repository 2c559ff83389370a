export { delayedUntil } from './rules.ts';
export { untoldFrom } from './untold.ts';
export { addNotices, delaysOf, noticesToPerson, type Delay, type Notice } from './store.ts';
