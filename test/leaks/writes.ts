import type { Resource } from '../../server/record/types.ts';
import { filterOf, type Asked, type Hidden, type Maker } from './requests.ts';
import { patientId, people } from './resources.ts';

const json = 'application/fhir+json';

const nameOf = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** An observation that names the hidden thing in one place or another. */
function naming({ resource, patient, by }: Hidden): Resource {
  const name = nameOf(resource);
  const reference = { reference: name };
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: {
      reference: `Patient/${by.below(2) === 0 && patient !== undefined ? patient : patientId(by.below(people))}`,
    },
    ...by.of([
      { encounter: reference },
      { basedOn: [reference] },
      { hasMember: [reference] },
      { performer: [reference] },
      { focus: [reference] },
    ]),
  };
}

const sent = (
  kind: string,
  method: Asked['method'],
  url: string,
  resource: unknown,
  headers?: Record<string, string>,
): Asked => ({
  kind,
  method,
  url,
  type: json,
  ...(resource !== undefined && { body: JSON.stringify(resource) }),
  ...(headers !== undefined && { headers }),
});

const patch = [{ op: 'replace', path: '/language', value: 'cy' }];
const bundle = (type: string, entry: unknown[]) => ({ resourceType: 'Bundle', type, entry });

/** Ways to change something that name what is hidden, or depend on whether it is there. */
export const writeMakers: readonly Maker[] = [
  (hidden) => sent('create that names it', 'POST', '/fhir/Observation', naming(hidden)),
  (hidden) =>
    sent('create unless it is there', 'POST', '/fhir/Observation', naming(hidden), {
      'if-none-exist': `_id=${hidden.resource.id}`,
    }),
  (hidden) =>
    sent('create unless such is there', 'POST', `/fhir/Observation`, naming(hidden), {
      'if-none-exist':
        hidden.resource.resourceType === 'Observation'
          ? filterOf(hidden)
          : `encounter=${nameOf(hidden.resource)}`,
    }),
  ({ resource }) => ({
    ...sent('replace it', 'PUT', `/fhir/${nameOf(resource)}`, { ...resource, language: 'cy' }),
    direct: true,
  }),
  ({ resource }) => ({
    ...sent(
      'replace its version',
      'PUT',
      `/fhir/${nameOf(resource)}`,
      { ...resource, language: 'cy' },
      {
        'if-match': 'W/"1"',
      },
    ),
    direct: true,
  }),
  (hidden) =>
    sent('replace what is found', 'PUT', `/fhir/Observation?_id=${hidden.resource.id}`, naming(hidden)),
  ({ resource }) => ({
    ...sent('patch it', 'PATCH', `/fhir/${nameOf(resource)}`, patch),
    type: 'application/json-patch+json',
    direct: true,
  }),
  (hidden) => ({
    ...sent(
      'patch what is found',
      'PATCH',
      `/fhir/${hidden.resource.resourceType}?_id=${hidden.resource.id}`,
      patch,
    ),
    type: 'application/json-patch+json',
  }),
  ({ resource }) => ({ kind: 'delete it', method: 'DELETE', url: `/fhir/${nameOf(resource)}`, direct: true }),
  ({ resource }) => ({
    kind: 'delete what is found',
    method: 'DELETE',
    url: `/fhir/${resource.resourceType}?_id=${resource.id}`,
  }),
  (hidden) =>
    sent(
      'transaction that finds it',
      'POST',
      '/fhir',
      bundle('transaction', [
        {
          request: { method: 'POST', url: 'Observation' },
          resource: {
            ...naming(hidden),
            encounter: { reference: `${hidden.resource.resourceType}?_id=${hidden.resource.id}` },
          },
        },
      ]),
    ),
  (hidden) =>
    sent(
      'batch that names it',
      'POST',
      '/fhir',
      bundle('batch', [
        { request: { method: 'POST', url: 'Observation' }, resource: naming(hidden) },
        {
          request: { method: 'POST', url: 'Observation', ifNoneExist: `_id=${hidden.resource.id}` },
          resource: naming(hidden),
        },
        { request: { method: 'DELETE', url: `${hidden.resource.resourceType}?_id=${hidden.resource.id}` } },
      ]),
    ),
  (hidden) => sent('validate what names it', 'POST', '/fhir/Observation/$validate', naming(hidden)),
];
