export { delayedUntil, untoldSince } from './rules.ts';
export { addNotices, delaysOf, noticesToPerson, type Delay, type Notice } from './store.ts';
