import { Problem } from '../../../platform/errors.ts';
import { parseJson, parseJsonValue } from '../../formats/index.ts';
import { executeGraphQl, type SearchPage, type SearchRequest, type Source } from '../../graphql/index.ts';
import type { Json, Resource, StoredResource } from '../../types.ts';
import { deleted, notFound } from '../absent.ts';
import { queryText, queryValue, readQuery, type Answer, type Call } from '../call.ts';
import { lastSaid, seen, toFind, toJudge } from '../sight.ts';
import type { FhirServices, Operation } from '../services.ts';

/** A GraphQL query over everything, or from one resource. Source: FHIR R4 graphql.html. */
export const graphqlOperation: Operation = {
  name: 'graphql',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-graphql',
  levels: ['system', 'instance'],
  types: 'all',
  methods: ['GET', 'POST'],
  run: answer,
};

type Asked = { document: string; variables?: Record<string, unknown>; operationName?: string };

async function answer(services: FhirServices, call: Call): Promise<Answer> {
  const asked = call.body?.kind === 'text' ? fromBody(call.body.text, call) : fromQuery(call);
  const focus = await focusOf(services, call);
  const { status, body } = await executeGraphQl({
    ...asked,
    ...(focus !== undefined && { focus }),
    source: sourceFor(services, call),
    definitions: services.definitions,
    baseUrls: [call.baseUrl],
  });
  return { status, json: JSON.stringify(body), plainJson: true };
}

async function focusOf(services: FhirServices, call: Call): Promise<Resource | undefined> {
  const { type, id } = call.target;
  if (type === undefined || id === undefined) return undefined;
  const stored = await toJudge(() => services.store.read(type, id));
  if (stored === undefined) throw notFound(type);
  const shown = await seen(services, call, stored);
  if (shown.deleted) throw deleted(type);
  return parseJson(shown.content);
}

function fromQuery(call: Call): Asked {
  const document = queryValue(call.query, 'query');
  if (document === undefined) throw noQuery();
  const variables = queryValue(call.query, 'variables');
  const operationName = queryValue(call.query, 'operationName');
  return {
    document,
    ...(variables !== undefined && { variables: objectIn(parseJsonValue(variables)) }),
    ...(operationName !== undefined && { operationName }),
  };
}

/** The body is the query itself (application/graphql), or JSON that holds it. */
function fromBody(text: string, call: Call): Asked {
  if (!text.trimStart().startsWith('{"') && !/^\s*\{\s*"/.test(text))
    return { ...fromParameters(call), document: text };
  const { query, variables, operationName } = objectIn(parseJsonValue(text));
  if (typeof query !== 'string') throw noQuery();
  return {
    document: query,
    ...(variables !== undefined && variables !== null && { variables: objectIn(variables as Json) }),
    ...(typeof operationName === 'string' && { operationName }),
  };
}

function fromParameters(call: Call): Omit<Asked, 'document'> {
  const operationName = queryValue(call.query, 'operationName');
  return operationName === undefined ? {} : { operationName };
}

function sourceFor(services: FhirServices, call: Call): Source {
  return {
    async read(targets) {
      const plain = targets.filter(({ version }) => version === undefined);
      const current = plain.length === 0 ? [] : await toJudge(() => services.store.readMany(plain));
      const found = new Map(current.map((stored, index) => [plain[index]!, stored]));
      const stored = await Promise.all(
        targets.map((target) =>
          target.version === undefined
            ? found.get(target)
            : toJudge(() => services.store.readVersion(target.type, target.id, Number(target.version))),
        ),
      );
      const shown = await shownNow(services, call, stored);
      return shown.map((one) => (one === undefined || one.deleted ? undefined : parseJson(one.content)));
    },
    search: (requests) => Promise.all(requests.map((request) => page(services, call, request))),
  };
}

/** What may be seen of these; a version may be where the current one may be too. */
async function shownNow(
  services: FhirServices,
  { sight }: Call,
  stored: readonly (StoredResource | undefined)[],
): Promise<(StoredResource | undefined)[]> {
  if (sight === undefined) return [...stored];
  const there = stored.filter((one) => one !== undefined && !one.deleted) as StoredResource[];
  const current = (await toJudge(() => services.store.readMany(there))) as StoredResource[];
  const living = await Promise.all(current.map((one) => lastSaid(services, one)));
  const open = await sight.lists(living);
  const shown = await sight.shows(there, 'read');
  const byRow = new Map(there.map((one, index) => [one, open[index] ? shown[index] : undefined]));
  return stored.map((one) => (one === undefined ? undefined : byRow.get(one)));
}

/** One page; its cursor holds the whole search, sealed. */
async function page(services: FhirServices, call: Call, request: SearchRequest): Promise<SearchPage> {
  const query: [string, string][] =
    request.cursor === undefined ? [...request.parameters] : readQuery(services.pages.open(request.cursor));
  if (request.count !== undefined) query.push(['_count', String(request.count)]);
  const asked = {
    type: request.type,
    query,
    handling: 'strict' as const,
    baseUrl: call.baseUrl,
    sight: call.sight,
  };
  const result = await toFind(() => services.search.search(services.db, asked));
  const first = query.filter(([name]) => name !== '_cursor');
  return {
    entries: result.matches.map(({ content }) => ({ resource: parseJson(content), mode: 'match' })),
    ...(result.total !== undefined && { total: result.total }),
    pageSize: result.count,
    first: services.pages.seal(queryText(first)),
    ...(result.nextCursor !== undefined && {
      next: services.pages.seal(queryText([...first, ['_cursor', result.nextCursor]])),
    }),
  };
}

function objectIn(value: Json): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Problem('rest/graphql-json', 400, 'The query or its variables are not a JSON object.', {
    wayOut: 'Send {"query": "...", "variables": {...}}.',
  });
}

const noQuery = (): Problem =>
  new Problem('rest/no-query', 400, 'There is no GraphQL query.', {
    place: 'query',
    wayOut: 'Give it as the parameter query, as application/graphql, or as query in application/json.',
  });
