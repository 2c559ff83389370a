export { dueAfter } from './due.ts';
export { personNow, whoseView } from './me.ts';
export { mustBePermitted } from './permitted.ts';
export { accessListOf, choicesOf, identityOf, myAccessList, myChoices } from './pieces.ts';
