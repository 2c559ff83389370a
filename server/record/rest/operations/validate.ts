import { Problem } from '../../../platform/errors.ts';
import { parseJson } from '../../formats/index.ts';
import type { Issue, Resource } from '../../types.ts';
import { deleted, notFound } from '../absent.ts';
import { queryValue, type Answer, type Call } from '../call.ts';
import { allOk, outcomeOf } from '../outcome.ts';
import { lastSaid, listable, seen, toJudge } from '../sight.ts';
import type { FhirServices, Operation } from '../services.ts';
import { parametersOf, resourceParameter } from './parameters.ts';

/** Says whether a resource could be stored, without storing it. Source: FHIR R4 resource-operation-validate. */
export const validateOperation: Operation = {
  name: 'validate',
  definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate',
  levels: ['type', 'instance'],
  types: 'all',
  methods: ['GET', 'POST'],
  run: answer,
};

const modes = new Set(['create', 'update', 'delete', 'profile']);

async function answer(services: FhirServices, call: Call): Promise<Answer> {
  const query = parametersOf(call);
  const mode = queryValue(query, 'mode');
  if (mode !== undefined && !modes.has(mode)) {
    throw new Problem('rest/validate-mode', 400, 'mode is create, update, delete or profile.', {
      place: 'mode',
      wayOut: 'Use one of these words, or leave it out.',
    });
  }
  const issues =
    mode === 'delete'
      ? await mayDelete(services, call)
      : await found(services, call, mode, queryValue(query, 'profile'));
  const outcome = issues.length === 0 ? allOk('No problem was found.') : outcomeOf(issues);
  return { status: 200, json: JSON.stringify(outcome) };
}

async function found(
  services: FhirServices,
  call: Call,
  mode: string | undefined,
  profile: string | undefined,
): Promise<Issue[]> {
  const { type = '', id } = call.target;
  const resource = sent(call) ?? (await stored(services, call));
  if (resource.resourceType !== type) {
    return [error(`The address is for ${type}, but the resource is of another type.`, 'resourceType')];
  }
  const profiles = profile === undefined ? [] : [profile];
  const issues = services.validate(resource, { profiles, advice: true });
  if (mode === 'create' && id !== undefined) {
    return [...issues, error('A create has no id in its address.', `${type}.id`)];
  }
  if (mode === 'update' && resource.id === undefined) {
    return [...issues, error('An update needs an id.', `${type}.id`)];
  }
  return issues;
}

/** The resource to look at: the body itself, or the part of Parameters called `resource`. */
function sent(call: Call): Resource | undefined {
  if (call.body?.kind !== 'resource') return undefined;
  const body = call.body.take();
  if (body.resourceType !== 'Parameters' || call.target.type === 'Parameters') return body;
  return resourceParameter(body, 'resource');
}

async function stored(services: FhirServices, call: Call): Promise<Resource> {
  const { type = '', id } = call.target;
  if (id === undefined) {
    throw new Problem('rest/no-body', 400, 'There is no resource to validate.', {
      wayOut: 'Send the resource, or Parameters with a part named resource.',
    });
  }
  const current = await toJudge(() => services.store.read(type, id));
  if (current === undefined) throw notFound(type);
  const shown = await seen(services, call, current);
  if (shown.deleted) throw deleted(type);
  return parseJson(shown.content);
}

async function mayDelete(services: FhirServices, call: Call): Promise<Issue[]> {
  const { type = '', id = '' } = call.target;
  const current = await toJudge(() => services.store.read(type, id));
  const [open] = current === undefined ? [] : await listable(call, [await lastSaid(services, current)]);
  return open === undefined || current!.deleted ? [error('There is nothing to delete.', `${type}.id`)] : [];
}

const error = (text: string, path: string): Issue => ({ severity: 'error', code: 'invalid', path, text });
