import type { Evidence, Reference } from './from-resource.ts';

/** Every reference in a resource that may say who is concerned with the person. */
export const referencesIn = (resource: Evidence): Reference[] =>
  [
    resource.serviceProvider,
    ...[resource.managingOrganization].flat(),
    ...(resource.performer ?? []),
    ...(resource.generalPractitioner ?? []),
    ...(resource.participant ?? []).flatMap(({ member, onBehalfOf }) => [member, onBehalfOf]),
  ].filter((reference) => reference !== undefined);
