export { startDemonstration, type Making } from './start.ts';
export { demonstrationHelp, demonstrationOptions, wantedPeople } from './wish.ts';
