import { Problem } from '../../platform/errors.ts';
import { processBundle } from './bundle/process.ts';
import { queryValue, type Answer, type Call } from './call.ts';
import { read, vread, writeOne } from './instance.ts';
import type { InteractionName } from './interactions.ts';
import { history } from './history.ts';
import { search } from './searching.ts';
import type { FhirServices } from './services.ts';

type Handler = (services: FhirServices, call: Call) => Promise<Answer>;

const handlers: Record<InteractionName, Handler> = {
  capabilities,
  'system-history': history,
  'type-history': history,
  'instance-history': history,
  'system-search': search,
  search,
  compartment: search,
  bundle: (services, call) => processBundle(services, call, perform),
  create: writeOne,
  update: writeOne,
  patch: writeOne,
  delete: writeOne,
  'conditional-update': writeOne,
  'conditional-patch': writeOne,
  'conditional-delete': writeOne,
  read,
  vread,
  'system-operation': operate,
  'type-operation': operate,
  'instance-operation': operate,
};

/** Carries out one call, from the network or from a batch. Throws a Problem when it is refused. */
export async function perform(services: FhirServices, call: Call): Promise<Answer> {
  const { type } = call.target;
  if (type !== undefined && !services.isType(type)) {
    throw new Problem('rest/unknown-type', 404, 'This is not an R4 resource type.', {
      wayOut: 'Use a type that the CapabilityStatement at /metadata lists. Case matters.',
    });
  }
  return handlers[call.interaction](services, call);
}

async function capabilities(services: FhirServices, call: Call): Promise<Answer> {
  if (queryValue(call.query, 'mode') !== 'terminology') {
    return { status: 200, json: services.capabilities(call.baseUrl) };
  }
  throw new Problem('rest/metadata-mode', 400, 'This is no terminology server.', {
    place: 'mode',
    wayOut: 'Leave mode out to get the CapabilityStatement.',
  });
}

async function operate(services: FhirServices, call: Call): Promise<Answer> {
  const { operation = '', id, type } = call.target;
  const level = id !== undefined ? 'instance' : type !== undefined ? 'type' : 'system';
  const found = services.operations.find(
    (one) =>
      one.name === operation &&
      one.levels.includes(level) &&
      (type === undefined || one.types === 'all' || one.types.includes(type)),
  );
  if (found === undefined) {
    throw new Problem('rest/unknown-operation', 404, 'There is no such operation here.', {
      wayOut: 'Use an operation that the CapabilityStatement at /metadata lists.',
    });
  }
  if (!found.methods.includes(call.method)) {
    throw new Problem('rest/method', 405, 'The operation is not called with this method.', {
      wayOut: `Use ${found.methods.join(' or ')}.`,
    });
  }
  return found.run(services, call);
}
