import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import { negotiate, parseJson, toXml, type Answer as Format } from '../formats/index.ts';
import { jsonOf, queryValue, type Answer, type Query } from './call.ts';
import { outcomeOfError } from './outcome.ts';
import { etag } from './preconditions.ts';
import type { Ready } from './ready-answers.ts';
import type { FhirServices } from './services.ts';

/** The format an answer goes out in. */
export type Wanted = Format;

/** What is sent when nothing else is asked for. */
export const fhirJson: Wanted = {
  format: 'json',
  contentType: 'application/fhir+json; charset=utf-8',
  pretty: false,
};
/** People's data is kept by no cache, and no browser takes it for a page. */
const guarded = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const remembered = new Map<string, Wanted>();
const mostRemembered = 500;

/** The format a request asks for, by `_format`, else by Accept. Throws a Problem (406) when there is none. */
export function wantedBy(request: FastifyRequest): Wanted {
  const { _format: format, _pretty: pretty } = request.query as { _format?: unknown; _pretty?: unknown };
  const { accept } = request.headers;
  if (typeof format === 'string' || typeof pretty === 'string') {
    return negotiate(accept, textOf(format), textOf(pretty));
  }
  const key = accept ?? '*/*';
  let wanted = remembered.get(key);
  if (wanted === undefined) {
    wanted = negotiate(accept);
    if (remembered.size < mostRemembered) remembered.set(key, wanted);
  }
  return wanted;
}

/** The format that the parameters of a form ask for, else the one the request asks for. */
export function wantedIn(query: Query, otherwise: Wanted): Wanted {
  const format = queryValue(query, '_format');
  const pretty = queryValue(query, '_pretty');
  if (format === undefined && pretty === undefined) return otherwise;
  return negotiate(otherwise.contentType, format, pretty);
}

/** Sends an answer. Stored JSON goes out as it is; XML and pretty printing are made from it. */
export function sendAnswer(
  services: FhirServices,
  reply: FastifyReply,
  wanted: Wanted,
  answer: Answer,
): FastifyReply {
  reply.status(answer.status).headers(headersOf(answer));
  if (answer.stream !== undefined) return reply.type(answer.stream.contentType).send(answer.stream.body);
  if (answer.bytes !== undefined && isPlainJson(wanted)) {
    return reply.type(wanted.contentType).send(answer.bytes);
  }
  const json = jsonOf(answer);
  if (json === undefined) return reply.send();
  if (answer.plainJson === true) return reply.type('application/json; charset=utf-8').send(json);
  return reply.type(wanted.contentType).send(inFormat(services, wanted, json));
}

/** The headers of an answer, without those about its body. */
function headersOf(answer: Answer): Record<string, string> {
  const headers: Record<string, string> = { ...guarded };
  if (answer.version !== undefined) headers['etag'] = etag(answer.version);
  if (answer.lastModified !== undefined) headers['last-modified'] = answer.lastModified.toUTCString();
  if (answer.location !== undefined) headers['location'] = answer.location;
  return { ...headers, ...answer.headers };
}

/** A body up to this size leaves in one write with its head, as a text of one character for each byte; that costs a fifth less. */
const mostTogether = 16_384;

/** The form in which a JSON answer that has bytes goes out and is kept, to go out again as it is. */
export function readyFrom(answer: Answer & { bytes: Buffer }, wanted: Wanted): Ready {
  const { bytes } = answer;
  const headers = {
    ...headersOf(answer),
    'content-type': wanted.contentType,
    'content-length': String(bytes.length),
  };
  return {
    headers: Object.entries(headers).flat(),
    body: bytes.length > mostTogether ? bytes : bytes.toString('latin1'),
  };
}

/** Sends an answer that is ready, past the web framework, with the headers that were set on the way here. */
export function sendReady(reply: FastifyReply, ready: Ready): void {
  const { raw } = reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) raw.setHeader(name, value);
  }
  raw.writeHead(200, ready.headers as string[]);
  if (typeof ready.body === 'string') raw.end(ready.body, 'latin1');
  else raw.end(ready.body);
}

/** Sends whatever was thrown as an OperationOutcome, in the format asked for where that is known. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, outcome } = outcomeOfError(asProblem(error), request.id);
  if (status === 503) reply.header('retry-after', '5');
  const wanted = formatForError(request);
  const body =
    wanted.format === 'xml' ? toXml(outcome) : JSON.stringify(outcome, null, wanted.pretty ? 2 : undefined);
  return reply.status(status).headers(guarded).type(wanted.contentType).send(body);
}

/** True when an answer goes out as the JSON text it was made as. */
export const isPlainJson = (wanted: Wanted): boolean => wanted.format === 'json' && !wanted.pretty;

function inFormat(services: FhirServices, wanted: Wanted, text: string): string {
  if (isPlainJson(wanted)) return text;
  const resource = parseJson(text);
  if (wanted.format === 'xml') return toXml(resource, services.definitions, { pretty: wanted.pretty });
  return JSON.stringify(resource, null, 2);
}

function formatForError(request: FastifyRequest): Wanted {
  try {
    return wantedBy(request);
  } catch {
    return fhirJson;
  }
}

/** True for an error that is neither a refusal of ours nor one of the web framework's. */
export const isUnexpected = (error: unknown): boolean => !(asProblem(error) instanceof Problem);

/** The web framework's own refusals in our words; anything else as it is. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem || typeof error !== 'object' || error === null) return error;
  const { statusCode } = error as { statusCode?: unknown };
  if (statusCode === 413) {
    return new Problem('rest/too-large', 413, 'The body is larger than this server takes.', {
      wayOut: 'Send it in several parts, or import it from a file.',
    });
  }
  if (statusCode === 415) {
    return new Problem('rest/media-type', 415, 'The body has no media type that is served here.', {
      place: 'Content-Type',
      wayOut: 'Send application/fhir+json or application/fhir+xml.',
    });
  }
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) {
    return new Problem('rest/bad-request', statusCode, 'The request could not be read.', {
      wayOut: 'Check the address, the headers and the length of the body.',
    });
  }
  return error;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
