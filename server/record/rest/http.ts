import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../platform/errors.ts';
import type { AccessDeclaration } from '../../platform/http/index.ts';
import {
  allowed,
  findShape,
  shapes,
  type InteractionName,
  type Method,
  type Shape,
  type Target,
} from './interactions.ts';
import type { Answer, Call } from './call.ts';
import { documentAnswer, wantsDocument } from './binary.ts';
import { leaving } from './leaving.ts';
import { perform } from './perform.ts';
import {
  fhirJson,
  isPlainJson,
  isUnexpected,
  readyFrom,
  sendAnswer,
  sendError,
  sendReady,
  wantedBy,
  wantedIn,
} from './reply.ts';
import { callFrom } from './request.ts';
import type { FhirServices } from './services.ts';

/** What each interaction does with the record, for the gate. */
const actions: Record<InteractionName, AccessDeclaration['action']> = {
  capabilities: 'read',
  'system-history': 'read',
  'type-history': 'read',
  'instance-history': 'read',
  'system-search': 'search',
  search: 'search',
  compartment: 'search',
  bundle: 'write',
  create: 'write',
  update: 'write',
  patch: 'write',
  delete: 'delete',
  'conditional-update': 'write',
  'conditional-patch': 'write',
  'conditional-delete': 'delete',
  read: 'read',
  vread: 'read',
  'system-operation': 'operate',
  'type-operation': 'operate',
  'instance-operation': 'operate',
};

export type MountOptions = { prefix: string; onUnexpected: (reference: string, error: unknown) => void };

/** Adds the routes of the FHIR API under a prefix. */
export async function mount(
  app: FastifyInstance,
  services: FhirServices,
  options: MountOptions,
): Promise<void> {
  const { prefix, onUnexpected } = options;
  await app.register(
    async (fhir) => {
      fhir.removeAllContentTypeParsers();
      fhir.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      fhir.setErrorHandler((error, request, reply) => {
        if (isUnexpected(error)) onUnexpected(request.id, error);
        return sendError(error, request, reply);
      });
      fhir.setNotFoundHandler((request, reply) => sendError(refusal(request, reply, prefix), request, reply));
      for (const shape of shapes) addRoutes(fhir, services, shape, prefix);
    },
    { prefix },
  );
}

function addRoutes(fhir: FastifyInstance, services: FhirServices, shape: Shape, prefix: string): void {
  for (const [method, interaction] of Object.entries(shape.methods) as [Method, InteractionName][]) {
    const canBeReady = method === 'GET' && readyInteractions.has(interaction);
    fhir.route({
      method,
      url: shape.path === '' ? '/' : `/${urlOf(shape.path)}`,
      config: { access: { action: actions[interaction], resource: 'fhir' } },
      handler: (request, reply) => {
        const isShared = canBeReady && request.viewing.seesAll && services.files.isOpen;
        const key = isShared ? readyKey(request) : undefined;
        const ready = key === undefined ? undefined : services.ready.get(key);
        if (ready === undefined) return respond(services, { interaction, prefix, key }, request, reply);
        sendReady(reply, ready);
        return undefined;
      },
    });
  }
}

type Asked = { interaction: InteractionName; prefix: string; key: string | undefined };

async function respond(
  services: FhirServices,
  { interaction, prefix, key }: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { type } = request.params as Target;
  if (type !== undefined && !isType(type)) throw refusal(request, reply, prefix);
  if (wantsDocument(interaction, request)) {
    const found = await perform(services, callFrom(services, interaction, request, prefix));
    return sendAnswer(services, reply, fhirJson, await documentAnswer(found, services.files));
  }
  const wanted = wantedBy(request);
  const call = callFrom(services, interaction, request, prefix);
  const make = (): Promise<Answer> => perform(services, call);
  if (key === undefined || !isPlainJson(wanted) || !isKept(call)) {
    return sendAnswer(
      services,
      reply,
      call.queryInBody ? wantedIn(call.query, wanted) : wanted,
      await leaving(services.files, interaction, await make()),
    );
  }
  const mark = services.ready.mark();
  const found = await (call.interaction === 'read' ? make() : services.kept.answer(keptAs(call), make));
  const bytes = found.bytes ?? (found.json === undefined ? undefined : Buffer.from(found.json));
  if (mark === undefined || found.status !== 200 || found.dependsOn === undefined || bytes === undefined) {
    return sendAnswer(services, reply, wanted, found);
  }
  const ready = readyFrom({ ...found, bytes }, wanted);
  services.ready.keep(key, mark, found.dependsOn, ready);
  sendReady(reply, ready);
  return reply;
}

/**
 * The name of a request that may have been answered before, or undefined. It says all that the answer depends on beside the
 * record. Only those who see everything share answers: for others each is made anew, by what they may see at that moment.
 */
function readyKey({ method, url, headers }: FastifyRequest): string | undefined {
  if (method !== 'GET' || headers['if-none-match'] !== undefined) return undefined;
  if (headers['if-modified-since'] !== undefined) return undefined;
  return `${headers.accept ?? ''} ${String(headers['prefer'] ?? '')} ${headers.host ?? ''} ${url}`;
}

const readyInteractions = new Set<InteractionName>(['read', 'search', 'compartment', 'instance-operation']);

/** True for questions whose answer may be kept. */
const isKept = ({ interaction, target, prefer }: Call): boolean =>
  !prefer.async && (interaction !== 'instance-operation' || target.operation === 'everything');

/** The name of the same question, whatever else the request said. */
function keptAs({ target, baseUrl, queryText, prefer }: Call): string {
  const { type, id, inside, operation } = target;
  return JSON.stringify([baseUrl, type, id, inside, operation, queryText, prefer.handling]);
}

/** The dollar sign sets an operation apart from a type or an id in the same place. */
const urlOf = (path: string): string => path.replace(':operation', ':operation(^\\$.+$)');

/** A type begins with a capital letter; words such as `metadata` are no types, whatever the method. */
const isType = (word: string): boolean => word.charCodeAt(0) >= 65 && word.charCodeAt(0) <= 90;

/** 405 with Allow where the path exists, else 404. */
function refusal(request: FastifyRequest, reply: FastifyReply, prefix: string): Problem {
  const path = request.url.split('?')[0]!.slice(prefix.length);
  const found = findShape(path);
  if (found === undefined) {
    return new Problem('rest/unknown-path', 404, 'There is nothing at this address.', {
      wayOut: 'The CapabilityStatement at /metadata tells what there is.',
    });
  }
  const methods = allowed(found.shape);
  reply.header('allow', methods.join(', '));
  return new Problem('rest/method', 405, 'This address does not answer this method.', {
    wayOut: `Use ${methods.join(', ')}.`,
  });
}
