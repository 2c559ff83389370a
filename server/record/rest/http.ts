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
import { perform } from './perform.ts';
import { fhirJson, isPlainJson, isUnexpected, sendAnswer, sendError, wantedBy, wantedIn } from './reply.ts';
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
    fhir.route({
      method,
      url: shape.path === '' ? '/' : `/${urlOf(shape.path)}`,
      config: { access: { action: actions[interaction], resource: 'fhir' } },
      handler: async (request, reply) => {
        const { type } = request.params as Target;
        if (type !== undefined && !isType(type)) throw refusal(request, reply, prefix);
        if (wantsDocument(interaction, request)) {
          const found = await perform(services, callFrom(services, interaction, request, prefix));
          return sendAnswer(services, reply, fhirJson, documentAnswer(found));
        }
        const wanted = wantedBy(request);
        const call = callFrom(services, interaction, request, prefix);
        const make = (): Promise<Answer> => perform(services, call);
        const key = isPlainJson(wanted) ? keptAs(call) : undefined;
        const answer = await (key === undefined ? make() : services.kept.answer(key, make));
        return sendAnswer(services, reply, call.queryInBody ? wantedIn(call.query, wanted) : wanted, answer);
      },
    });
  }
}

/**
 * The name of a question whose answer may be kept, or undefined. It says all that the answer depends on beside the record.
 * Until sign-in exists everybody who is let in sees the same; what a caller may see becomes part of the name with it.
 */
function keptAs(call: Call): string | undefined {
  const { interaction, target, baseUrl, queryText, prefer } = call;
  if (call.method !== 'GET' || call.ifNoneMatch !== undefined || prefer.async) return undefined;
  const isEverything = interaction === 'instance-operation' && target.operation === 'everything';
  if (interaction !== 'search' && interaction !== 'compartment' && !isEverything) return undefined;
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
