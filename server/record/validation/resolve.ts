import type { Resource } from '../types.ts';
import { isTree, type Run, type Scope, type Tree } from './run.ts';

const literal =
  /(?:^|\/)([A-Z][A-Za-z]{1,60})\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/** The type, id and version a literal reference names, where its text shows them. */
export function readLiteral(
  run: Run,
  reference: string,
): { type: string; id: string; version?: string } | undefined {
  const [, type = '', id = '', version] = literal.exec(reference) ?? [];
  return run.definitions.isResourceType(type) ? { type, id, version } : undefined;
}

export type EntryMatch = { tree: Tree; resource: Resource | undefined; fullUrl: string | undefined };

/** Finds what a reference means from where it stands: contained, in the Bundle, or through the caller's `resolve`. */
export function resolveReference(run: Run, scope: Scope, reference: string): Resource | undefined {
  if (reference.startsWith('#')) return findContained(scope.root, reference.slice(1));
  return findInBundle(run, scope, reference)?.resource ?? run.options.resolve?.(reference);
}

/** `#` alone means the resource that contains. */
export function findContained(root: Resource, id: string): Resource | undefined {
  if (id === '') return root;
  const contained = root['contained'];
  if (!Array.isArray(contained)) return undefined;
  return contained.find((one): one is Resource => isResource(one) && one.id === id);
}

/**
 * Finds the entry a reference means by the Bundle rules: an absolute reference equals a fullUrl; a relative one is
 * read against the fullUrl of the entry it stands in, and by type and id where that entry has no RESTful fullUrl.
 * Source: http://hl7.org/fhir/R4/bundle.html#references
 */
export function findInBundle(run: Run, scope: Scope, reference: string): EntryMatch | undefined {
  if (!scope.bundle) return undefined;
  const found = readLiteral(run, reference);
  const plain =
    found?.version === undefined ? reference : reference.slice(0, reference.lastIndexOf('/_history/'));
  const matches = entriesOf(scope.bundle).filter((entry) => entryMatches(entry, scope, plain, found));
  return matches.find(
    (entry) => found?.version === undefined || entry.resource?.meta?.versionId === found.version,
  );
}

function isResource(value: unknown): value is Resource {
  return isTree(value) && typeof value['resourceType'] === 'string';
}

export function entriesOf(bundle: Resource): EntryMatch[] {
  const entries = bundle['entry'];
  if (!Array.isArray(entries)) return [];
  return entries.filter(isTree).map((entry) => ({
    tree: entry,
    resource: isResource(entry['resource']) ? entry['resource'] : undefined,
    fullUrl: typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : undefined,
  }));
}

function entryMatches(
  entry: EntryMatch,
  scope: Scope,
  plain: string,
  found: { type: string; id: string } | undefined,
): boolean {
  if (/^[a-z][a-z0-9+.-]*:/i.test(plain)) return entry.fullUrl === plain;
  if (!found) return false;
  const base =
    scope.fullUrl === undefined
      ? undefined
      : /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[^/]+$/.exec(scope.fullUrl)?.[1];
  if (base !== undefined && entry.fullUrl !== undefined) return entry.fullUrl === base + plain;
  const sameId = entry.resource?.resourceType === found.type && entry.resource.id === found.id;
  return sameId && (entry.fullUrl === undefined || entry.fullUrl.endsWith(`/${plain}`) || base === undefined);
}
