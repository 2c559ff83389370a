import { Problem } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { bundleText, outcomeEntry, searchEntry, type Link } from './bundle/text.ts';
import { queryText, queryValue, readQuery, type Answer, type Call, type Query } from './call.ts';
import { requireId } from './ids.ts';
import { outcomeOf } from './outcome.ts';
import type { FhirServices } from './services.ts';
import { selectionOf, trim } from './trim.ts';
import { toFind } from './sight.ts';

/** Searches one type, all types, or what is filed under one patient. Answers a searchset of one page. */
export async function search(services: FhirServices, call: Call): Promise<Answer> {
  const { inside, type, id } = call.target;
  if (inside !== undefined) requireCompartment(services, call);
  const query = openPage(services, call.query);
  const wanted = inside === undefined ? type : inside === '*' ? undefined : inside;
  const request = {
    ...(wanted !== undefined && { type: wanted }),
    ...(inside !== undefined && id !== undefined && { patientId: id }),
    query,
    handling: call.prefer.handling,
    baseUrl: call.baseUrl,
    sight: call.sight,
  };
  const result = await toFind(() => services.search.search(services.db, request));
  const selection = selectionOf(query);
  const entries = [
    ...result.matches.map((stored) =>
      searchEntry(call.baseUrl, stored, trim(services, selection, stored.content), 'match'),
    ),
    ...result.included.map((stored) =>
      searchEntry(call.baseUrl, stored, trim(services, selection, stored.content), 'include'),
    ),
    ...(result.outcomes.length > 0 ? [outcomeEntry(outcomeOf(result.outcomes))] : []),
  ];
  const json = bundleText({
    id: newId(),
    type: 'searchset',
    at: services.clock(),
    total: result.total,
    links: searchLinks(services, call, query, result),
    entries,
  });
  return { status: 200, json, ...(result.dependsOn !== undefined && { dependsOn: result.dependsOn }) };
}

/**
 * The self link names what was answered. Links to be followed are sealed when the parameters came in a body, because
 * they may name a person.
 */
function searchLinks(
  services: FhirServices,
  call: Call,
  query: Query,
  result: { applied: readonly [string, string][]; nextCursor?: string },
): Link[] {
  const path = [call.baseUrl, call.target.type, call.target.id, call.target.inside].filter(
    (part) => part !== undefined,
  );
  const address = path.join('/');
  const sealed = call.queryInBody || queryValue(call.query, '_page') !== undefined;
  const addressOf = (text: string): string => (text === '' ? address : `${address}?${text}`);
  const pageLink = (relation: string, pairs: Query): Link => {
    const text = queryText(pairs);
    return { relation, url: addressOf(sealed && text !== '' ? `_page=${services.pages.seal(text)}` : text) };
  };
  const first = query.filter(([name]) => name !== '_cursor');
  const links = [{ relation: 'self', url: addressOf(queryText(result.applied)) }, pageLink('first', first)];
  if (result.nextCursor !== undefined)
    links.push(pageLink('next', [...first, ['_cursor', result.nextCursor]]));
  return links;
}

/** Unseals a page link made for a search whose parameters came in a body. */
function openPage(services: FhirServices, query: Call['query']): Call['query'] {
  const token = queryValue(query, '_page');
  return token === undefined ? query : readQuery(services.pages.open(token));
}

function requireCompartment(services: FhirServices, call: Call): void {
  const { type, id = '', inside = '' } = call.target;
  requireId(id);
  if (type !== 'Patient') {
    throw new Problem('rest/compartment', 404, 'Only Patient has a compartment here.', {
      wayOut: 'Search the other type by a reference parameter instead.',
    });
  }
  if (inside === '*' || services.isType(inside)) return;
  throw new Problem('rest/unknown-type', 404, 'The type to search for is not an R4 resource type.', {
    wayOut: 'Use a type that the CapabilityStatement lists, or * for all.',
  });
}
