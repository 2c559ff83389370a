/** Who says it, when no `--source` is given. */
export const unnamedSource = 'urn:openics:source:unnamed';

const isUri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;

/** The URI of a source: a URI is kept, a name becomes one. `Barts Health` gives `urn:openics:source:barts-health`. */
export function sourceUri(given: string | undefined): string {
  const name = given?.trim() ?? '';
  if (name === '') return unnamedSource;
  if (isUri.test(name)) return name;
  return `urn:openics:source:${encodeURIComponent(name.toLowerCase().replace(/\s+/g, '-'))}`;
}
