export { behindSources, odsCodeIn, organisationBehind, sourceOfCode, type Behind } from './behind-sources.ts';
export { dayAsked, dayBefore, dayOf, holdsOn, isDay } from './days.ts';
export { directoryEntries, type DirectoryEntry } from './directory-entry.ts';
export { loadOrganisations, type DirectoryLoad, type DirectoryReport } from './directory/load.ts';
export { loadGeography, type FileReport, type GeographyReport } from './geography/load.ts';
export {
  localAreaSystem,
  localSystem,
  namedId,
  odsSystem,
  onsSystem,
  organisationIdOf,
  type Identifier,
} from './names.ts';
export { postcodeForm } from './postcodes.ts';
export * as rules from './rules/index.ts';
export { registerOrganisations, type OrganisationRoutes } from './routes.ts';
export { createOrganisations, type Named, type Organisations, type Places } from './service.ts';
export { kinds, tierOf, type Day, type Kind, type OrganisationId, type Span, type Tier } from './types.ts';
export { changeNumber } from './store/deliveries.ts';
export { organisationIds } from './store/organisations.ts';
