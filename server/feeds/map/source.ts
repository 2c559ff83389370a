/** The URI of a sending facility: `RR8` gives `urn:openics:source:rr8`, as an import under that name would. */
export const sourceUri = (facility: string): string =>
  `urn:openics:source:${encodeURIComponent(facility.toLowerCase().replaceAll(/\s+/g, '-'))}`;
