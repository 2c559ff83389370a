export const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** Whether a text looks like a code of the Organisation Data Service: 3 to 6 capital letters and digits, as `RR8` or `RR801`. */
export const isOdsCode = (text: string): boolean => /^[A-Z0-9]{3,6}$/.test(text);

/**
 * The URI of a sending facility. In England MSH-4 holds an ODS code, and the URI is that of the organisation; any other name becomes one
 * as an import under that name would.
 */
export const sourceUri = (facility: string): string =>
  isOdsCode(facility)
    ? `${odsSystem}/${facility}`
    : `urn:openics:source:${encodeURIComponent(facility.toLowerCase().replaceAll(/\s+/g, '-'))}`;

/** A URI beneath that of a source, for numbers and codes of its own. */
export const under = (source: string, name: string): string =>
  `${source}${source.startsWith('urn:') ? ':' : '/'}${name}`;
