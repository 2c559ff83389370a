import type { Resource } from '../types.ts';
import { entriesOf, findContained, readLiteral } from './resolve.ts';
import { isTree, report, type Run, type Tree } from './run.ts';

const restful = /^https?:\/\/.+\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;
const hasScheme = /^[a-z][a-z0-9+.-]*:/i;

type Entry = { tree: Tree; resource: Resource | undefined; fullUrl: string | undefined; place: string };

/** Checks that the entries of a Bundle can be told apart and found. Source: http://hl7.org/fhir/R4/bundle.html */
export function checkBundle(run: Run, bundle: Resource, path: string): void {
  const type = String(bundle['type']);
  const isExchange = /^(transaction|batch)(-response)?$/.test(type);
  const entries: Entry[] = entriesOf(bundle).map((entry, at) => ({
    ...entry,
    place: `${path}.entry[${at}]`,
  }));
  checkLinks(run, bundle, path);
  for (const entry of entries) {
    checkFullUrl(run, entry, isExchange);
    if (type === 'searchset') checkSearchEntry(run, entry);
  }
  if (type !== 'document' && type !== 'message') return;
  for (const entry of entries) checkReferences(run, entry, entries);
  if (type === 'document') checkComposition(run, entries);
}

/** One link of each relation, for paging to be clear. */
function checkLinks(run: Run, bundle: Resource, path: string): void {
  const links = Array.isArray(bundle['link']) ? bundle['link'].filter(isTree) : [];
  const paging = new Set(['self', 'first', 'last', 'next', 'previous', 'prev']);
  links.forEach((link, at) => {
    const relation = link['relation'];
    const isRepeated = links.findIndex((one) => one['relation'] === relation) < at;
    if (isRepeated && paging.has(String(relation))) {
      report(
        run,
        'error',
        'duplicate',
        `${path}.link[${at}]`,
        `The link relation ${String(relation)} may occur only once.`,
      );
    }
  });
}

function checkFullUrl(run: Run, { resource, fullUrl, place }: Entry, isExchange: boolean): void {
  if (!resource) return;
  if (fullUrl === undefined) {
    const text = 'The entry needs a fullUrl that names its resource, so that references to it can be found.';
    if (!isExchange) report(run, 'error', 'required', `${place}.fullUrl`, text);
    return;
  }
  if (!hasScheme.test(fullUrl))
    report(run, 'error', 'value', `${place}.fullUrl`, 'The fullUrl must be an absolute URL.');
  const [, type, id] = restful.exec(fullUrl) ?? [];
  if (type === undefined || !run.definitions.isResourceType(type)) return;
  if (type !== resource.resourceType || (resource.id !== undefined && resource.id !== id)) {
    report(
      run,
      'error',
      'invalid',
      `${place}.fullUrl`,
      'The fullUrl must end in the type and id of the resource in the entry.',
    );
  }
}

function checkSearchEntry(run: Run, { tree, resource, place }: Entry): void {
  const mode = isTree(tree['search']) ? tree['search']['mode'] : undefined;
  if (!resource || mode === undefined) return;
  const isOutcome = resource.resourceType === 'OperationOutcome';
  if (mode === 'outcome' && !isOutcome)
    report(
      run,
      'error',
      'invalid',
      `${place}.resource`,
      'An entry of mode outcome must hold an OperationOutcome.',
    );
  if (mode !== 'outcome' && isOutcome)
    report(
      run,
      'error',
      'invalid',
      `${place}.search.mode`,
      'An OperationOutcome must stand under mode outcome.',
    );
  if (mode !== 'outcome' && !isOutcome && resource.id === undefined)
    report(run, 'error', 'required', `${place}.resource`, 'A search result needs an id.');
}

/** In a document or message a reference that names the type and id of an entry must also lead to that entry by its fullUrl, and to one only. */
function checkReferences(run: Run, entry: Entry, entries: Entry[]): void {
  if (!entry.resource) return;
  for (const reference of referencesIn(entry.resource)) {
    const targets = strictMatches(run, entry, entries, reference);
    if (targets.length > 1) {
      report(
        run,
        'error',
        'duplicate',
        `${entry.place}.resource`,
        'A reference here fits several entries of the Bundle. Give its version or make the entries different.',
      );
    }
    if (targets.length > 0 || hasScheme.test(reference)) continue;
    const literal = readLiteral(run, reference);
    const isNamed =
      literal &&
      entries.some(
        (one) =>
          one.resource?.resourceType === literal.type &&
          one.resource.id === literal.id &&
          one.fullUrl !== undefined,
      );
    if (isNamed) {
      const text =
        'A reference here names an entry of the Bundle by type and id, but does not lead to its fullUrl. Use the fullUrl, or one that fits it.';
      report(run, 'error', 'not-found', `${entry.place}.resource`, text);
    }
  }
}

function strictMatches(run: Run, from: Entry, entries: Entry[], reference: string): Entry[] {
  const version = /\/_history\/([^/]+)$/.exec(reference)?.[1];
  const plain = version === undefined ? reference : reference.slice(0, reference.lastIndexOf('/_history/'));
  const isAbsolute = hasScheme.test(plain);
  const own = from.fullUrl === undefined ? null : restful.exec(from.fullUrl);
  const root = own ? from.fullUrl!.slice(0, -(own[1]!.length + own[2]!.length + 1)) : undefined;
  if (!isAbsolute && root === undefined) return [];
  if (!isAbsolute && !readLiteral(run, plain)) return [];
  const url = isAbsolute ? plain : root + plain;
  return entries.filter(
    (entry) =>
      entry.fullUrl === url && (version === undefined || entry.resource?.meta?.versionId === version),
  );
}

/** A document must hold what its Composition refers to. Source: http://hl7.org/fhir/R4/documents.html#content */
function checkComposition(run: Run, entries: Entry[]): void {
  const [first] = entries;
  if (first?.resource?.resourceType !== 'Composition') return;
  for (const reference of referencesIn(first.resource)) {
    if (reference.startsWith('#') && findContained(first.resource, reference.slice(1))) continue;
    if (hasScheme.test(reference) && !reference.startsWith('urn:')) continue;
    if (/^[A-Z][A-Za-z]+\?/.test(reference) || strictMatches(run, first, entries, reference).length > 0)
      continue;
    report(
      run,
      'error',
      'not-found',
      `${first.place}.resource`,
      'The document does not hold everything its Composition refers to. Add what is missing.',
    );
  }
}

function referencesIn(value: unknown, into: string[] = []): string[] {
  if (Array.isArray(value)) {
    for (const one of value) referencesIn(one, into);
  } else if (isTree(value)) {
    for (const key in value) {
      const one = value[key];
      if (key === 'reference' && typeof one === 'string') into.push(one);
      else if (typeof one === 'object') referencesIn(one, into);
    }
  }
  return into;
}
