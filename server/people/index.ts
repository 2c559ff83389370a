export { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
export { observePatients } from './observe.ts';
export { observed } from './rules.ts';
export { currentLinks, linksOfPerson } from './store.ts';
export type { Link, LinkMethod, ObservedPatient } from './types.ts';
