import type { FastifyRequest } from 'fastify';
import type { Viewing } from '../../access/index.ts';
import { Problem } from '../../platform/errors.ts';
import {
  bodyFormat,
  decodeXml,
  fromXml,
  parseJson,
  parseJsonBytes,
  parseJsonValue,
  decodeUtf8,
} from '../formats/index.ts';
import { sightOf } from '../pieces/index.ts';
import { writtenHereBy } from '../store/index.ts';
import type { Delivery, Resource } from '../types.ts';
import { readQuery, type Body, type Call } from './call.ts';
import type { InteractionName, Target } from './interactions.ts';
import { readPreferences } from './preferences.ts';
import { requireProvenance } from './provenance.ts';
import type { FhirServices } from './services.ts';

const forms = 'application/x-www-form-urlencoded';
const jsonPatch = 'application/json-patch+json';

/** Interactions whose body is what is to be stored or done. */
const needsBody = new Set<InteractionName>([
  'bundle',
  'create',
  'update',
  'patch',
  'conditional-update',
  'conditional-patch',
]);

/** Reads an HTTP request into a call. Throws a Problem when the body cannot be read. */
export function callFrom(
  services: FhirServices,
  interaction: InteractionName,
  request: FastifyRequest,
  prefix: string,
): Call {
  const { headers, viewing } = request;
  const baseUrl = services.settings.baseUrl ?? `${request.protocol}://${request.host}${prefix}`;
  const mark = request.url.indexOf('?');
  const queryText = mark < 0 ? '' : request.url.slice(mark + 1);
  const form = formOf(request);
  const target = request.params as Target;
  return {
    interaction,
    method: request.method === 'HEAD' ? 'GET' : request.method,
    target: target.operation === undefined ? target : { ...target, operation: target.operation.slice(1) },
    query: form === undefined ? readQuery(queryText) : [...readQuery(queryText), ...readQuery(form)],
    queryText,
    queryInBody: form !== undefined,
    body: form === undefined ? bodyOf(interaction, request) : undefined,
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    ifNoneExist: single(headers['if-none-exist']),
    ifModifiedSince: headers['if-modified-since'],
    prefer: readPreferences(headers['prefer']),
    provenance: provenanceIn(single(headers['x-provenance'])),
    baseUrl,
    delivery: deliveryOf(viewing, baseUrl),
    viewing,
    sight: sightOf(viewing, services.store.sourcesOf, services.store.again),
  };
}

/** What a worker writes is said by their organisation; what others write names this server. */
function deliveryOf({ asker }: Viewing, baseUrl: string): Delivery {
  if (asker.kind !== 'known') return { source: baseUrl, channel: 'rest', agent: 'not signed in' };
  const { subject } = asker;
  const source = subject.kind === 'resident' ? baseUrl : writtenHereBy(subject.post.organisation.id);
  return { source, channel: 'rest', agent: subject.id };
}

/** The text of a form body; undefined when the body is something else. */
function formOf(request: FastifyRequest): string | undefined {
  if (mediaType(request) !== forms || !(request.body instanceof Buffer)) return undefined;
  return decodeUtf8(request.body);
}

function bodyOf(interaction: InteractionName, request: FastifyRequest): Body | undefined {
  const bytes = request.body;
  if (!(bytes instanceof Buffer) || bytes.length === 0) {
    if (!needsBody.has(interaction)) return undefined;
    throw new Problem('rest/no-body', 400, 'The request has no body.', {
      wayOut: 'Send the resource as application/fhir+json or application/fhir+xml.',
    });
  }
  const type = mediaType(request);
  if (type === jsonPatch && (interaction === 'patch' || interaction === 'conditional-patch')) {
    return { kind: 'json-patch', operations: parseJsonValue(decodeUtf8(bytes)) };
  }
  if (type === 'application/graphql') return { kind: 'text', text: decodeUtf8(bytes) };
  if (type === 'application/json' && (request.params as Target).operation === '$graphql') {
    return { kind: 'text', text: decodeUtf8(bytes) };
  }
  if (isBinary(request) && !fhirTypes.test(type)) return binaryBody(request, bytes);
  const read = bodyFormat(request.headers['content-type']) === 'xml' ? readXml : parseJsonBytes;
  let first: Resource | undefined = read(bytes);
  return {
    kind: 'resource',
    take() {
      const resource = first ?? read(bytes);
      first = undefined;
      return resource;
    },
  };
}

/** Media types that carry FHIR itself. */
const fhirTypes = /^(?:application|text)\/(?:fhir\+)?(?:json|xml)$/;

const isBinary = (request: FastifyRequest): boolean => (request.params as Target).type === 'Binary';

/** A document sent as it is becomes a Binary that holds it. Source: FHIR R4 binary.html#rest. */
function binaryBody(request: FastifyRequest, bytes: Buffer): Body {
  const contentType = request.headers['content-type'];
  if (contentType === undefined) {
    throw new Problem('rest/media-type', 415, 'The body does not say what it is.', {
      place: 'Content-Type',
      wayOut: 'Send the media type of the document as Content-Type.',
    });
  }
  const { id } = request.params as Target;
  const context = single(request.headers['x-security-context']);
  const resource = {
    resourceType: 'Binary',
    ...(id !== undefined && { id }),
    contentType,
    ...(context !== undefined && { securityContext: { reference: context } }),
    data: bytes.toString('base64'),
  };
  return { kind: 'resource', take: () => ({ ...resource }) };
}

const readXml = (bytes: Buffer): Resource => fromXml(decodeXml(bytes));

const mediaType = (request: FastifyRequest): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

const single = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function provenanceIn(header: string | undefined): Resource | undefined {
  return header === undefined ? undefined : requireProvenance(parseJson(header));
}
