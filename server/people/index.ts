export { isNhsNumber, nhsNumberSystem } from './nhs-number.ts';
export { observePatients } from './observe.ts';
export { observed } from './observed.ts';
export { currentLinks, linksOfPerson } from './store/links.ts';
export type { Link, LinkMethod, ObservedPatient } from './types.ts';
