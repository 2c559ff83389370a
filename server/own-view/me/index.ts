export { dueAfter } from './due.ts';
export { personNow, whoseView } from './me.ts';
export { mustBePermitted, nothingHere, refusalOf } from './permitted.ts';
export { accessListOf, choicesOf, identityOf, myAccessList, myChoices } from './pieces.ts';
