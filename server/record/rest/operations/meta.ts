import { parseJson } from '../../formats/index.ts';
import { deleted, notFound } from '../absent.ts';
import type { Answer, Call } from '../call.ts';
import { seen, toJudge } from '../sight.ts';
import type { FhirServices, Operation } from '../services.ts';

/** The profiles, tags and security labels of one resource. Source: FHIR R4 resource-operation-meta. */
export const metaOperation: Operation = {
  name: 'meta',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-meta',
  levels: ['instance'],
  types: 'all',
  methods: ['GET'],
  run: answer,
};

async function answer(services: FhirServices, call: Call): Promise<Answer> {
  const { type = '', id = '' } = call.target;
  const stored = await toJudge(() => services.store.read(type, id));
  if (stored === undefined) throw notFound(type);
  const shown = await seen(services, call, stored);
  if (shown.deleted) throw deleted(type);
  const parameters = {
    resourceType: 'Parameters',
    parameter: [{ name: 'return', valueMeta: parseJson(shown.content).meta }],
  };
  return { status: 200, json: JSON.stringify(parameters) };
}
