import { chance, type Chance } from './chance.ts';
import { families, patientId, people } from './resources.ts';
import type { Resource } from '../../server/record/types.ts';

/** One request of a pair, without a host. `direct`: it names the hidden thing itself, so that a refusal may tell that it is there. */
export type Asked = {
  kind: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: string;
  type?: string;
  headers?: Record<string, string>;
  direct?: boolean;
  /** The patient whom the request names, where a refusal may be about them. */
  patient?: string;
  /** The whole of a body that tells, to who names it, of what a rule refuses that is not silent. */
  tells?: RegExp;
};

/** A hidden resource, who asks, the patient it is about, and some patient of whom they are to be told nothing at all. */
export type Hidden = {
  resource: Resource;
  viewer: string;
  patient: string;
  untold: string | undefined;
  by: Chance;
};
export type Maker = (hidden: Hidden) => Asked | undefined;

const get = (kind: string, url: string, more: Partial<Asked> = {}): Asked => ({
  kind,
  method: 'GET',
  url,
  ...more,
});
const enc = encodeURIComponent;
const form = 'application/x-www-form-urlencoded';

const textAt = (value: unknown, ...path: (string | number)[]): string | undefined => {
  let at: unknown = value;
  for (const step of path)
    at = typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined;
  return typeof at === 'string' ? at : undefined;
};

/** Search parameters that the hidden resource fulfils, by the values it holds. */
function filtersOf(resource: Resource): string[] {
  const found = [`_id=${resource.id}`, '_lastUpdated=gt2000-01-01'];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) found.push(`${name}=${enc(value)}`);
  };
  add('code', textAt(resource, 'code', 'coding', 0, 'code'));
  add('code:text', textAt(resource, 'code', 'text'));
  add('_security', textAt(resource.meta, 'security', 0, 'code'));
  add('patient', textAt(resource, 'subject', 'reference'));
  if (
    ['Observation', 'Encounter', 'CarePlan', 'DocumentReference', 'Appointment', 'List'].includes(
      resource.resourceType,
    )
  )
    add('status', textAt(resource, 'status'));
  if (['Observation', 'Condition'].includes(resource.resourceType))
    add('encounter', textAt(resource, 'encounter', 'reference'));
  if (resource.resourceType === 'Observation') {
    add('performer', textAt(resource, 'performer', 0, 'reference'));
    add('date', textAt(resource, 'effectiveDateTime'));
    found.push('value-quantity=gt1', 'combo-code-value-quantity=8867-4$gt1');
  }
  if (resource.resourceType === 'Patient') {
    add('family', textAt(resource, 'name', 0, 'family'));
    add('birthdate', textAt(resource, 'birthDate'));
    add('address-city', textAt(resource, 'address', 0, 'city'));
    add('address', textAt(resource, 'address', 0, 'postalCode'));
    add('phone', textAt(resource, 'telecom', 0, 'value'));
    add('identifier', textAt(resource, 'identifier', 0, 'value'));
    add('general-practitioner', textAt(resource, 'generalPractitioner', 0, 'reference'));
    found.push('gender=female,male');
  }
  const missing = { Observation: 'encounter', Condition: 'encounter', Patient: 'address' }[
    resource.resourceType
  ];
  if (missing !== undefined) found.push(`${missing}:missing=true`, `${missing}:missing=false`);
  return found;
}

export const filterOf = ({ resource, by }: Hidden): string => by.of(filtersOf(resource));
const hasSubject = new Set([
  'Observation',
  'Condition',
  'Encounter',
  'CarePlan',
  'Flag',
  'MedicationRequest',
  'DocumentReference',
  'List',
]);

const chains = [
  'Observation?subject:Patient.family=',
  'Condition?patient.family=',
  'Encounter?subject:Patient.name=',
  'Observation?encounter.subject:Patient.family=',
];
const having = [
  'Patient?_has:Observation:subject:code=8867-4',
  'Patient?_has:Condition:patient:code=86406008,35489007',
  'Patient?_has:Condition:patient:encounter:missing=false',
  'Encounter?_has:Observation:encounter:code=75622-1',
  'Condition?_has:CarePlan:condition:status=active',
  'Organization?_has:Encounter:service-provider:status=finished',
  'Organization?_has:Patient:general-practitioner:gender=female',
  'Observation?encounter.class=AMB',
  'CarePlan?condition.code=86406008,38341003',
  'Observation?encounter:Encounter.date=ge2025-01-01',
];
const around = [
  'Observation?_include=Observation:encounter&_include=Observation:subject',
  'Observation?_include=Observation:*',
  'Condition?_include=Condition:encounter&_include:iterate=Encounter:service-provider',
  'Patient?_revinclude=Condition:patient&_revinclude=Observation:subject',
  'Encounter?_revinclude=Observation:encounter&_revinclude=Condition:encounter',
  'Organization?_revinclude=Patient:general-practitioner&_revinclude=Encounter:service-provider',
  'CarePlan?_include=CarePlan:condition&_include:iterate=Condition:encounter',
];
const orders = ['_id', '-_lastUpdated', 'date', '-date', 'code', 'patient'];

const faults = ['nonsense=1', '_sort=nonsense', '_include=Nonsense:x', 'date=yesterday', '_count=none'];
const parts = ['_summary=true', '_summary=text', '_elements=id', '_summary=data', '_include=*'];

const makers: Maker[] = [
  ({ resource: { resourceType, id } }) => get('read', `/fhir/${resourceType}/${id}`, { direct: true }),
  ({ resource: { resourceType, id }, by }) =>
    get('vread', `/fhir/${resourceType}/${id}/_history/${1 + by.below(2)}`, { direct: true }),
  ({ resource: { resourceType, id } }) =>
    get('history', `/fhir/${resourceType}/${id}/_history`, { direct: true }),
  ({ resource: { resourceType, id } }) => get('meta', `/fhir/${resourceType}/${id}/$meta`, { direct: true }),
  (hidden) => get('search', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}`),
  (hidden) => get('search', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&${filterOf(hidden)}`),
  (hidden) => get('count', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&_summary=count`),
  (hidden) =>
    get('total', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&_total=accurate&_count=2`),
  ({ resource, by }) => get('pages', `/fhir/${resource.resourceType}?_count=${1 + by.below(4)}`),
  ({ resource, by }) =>
    ['Observation', 'Condition', 'Encounter'].includes(resource.resourceType)
      ? get(
          'sorted pages',
          `/fhir/${resource.resourceType}?_count=3&_sort=${resource.resourceType === 'Condition' ? 'recorded-date' : by.of(orders.slice(0, 4))}`,
        )
      : undefined,
  ({ by }) =>
    get(
      'sorted by name',
      `/fhir/Patient?_sort=${by.of(['family', '-birthdate', 'address-city', 'identifier'])}&_count=4`,
    ),
  ({ by }) => get('chain', `/fhir/${by.of(chains)}${by.of(families)}`),
  ({ by }) => get('has', `/fhir/${by.of(having)}&_total=accurate`),
  ({ by }) => get('include', `/fhir/${by.of(around)}&_count=${3 + by.below(20)}`),
  ({ resource }) =>
    get('list', `/fhir/Condition?_list=${resource.resourceType === 'List' ? resource.id : 'none'}`),
  ({ resource, patient }) =>
    hasSubject.has(resource.resourceType)
      ? get(
          'words',
          `/fhir/${resource.resourceType}?${resource.resourceType === 'Patient' ? '_id' : 'patient'}=${patient}&_content=said,finished,asthma`,
        )
      : undefined,
  ({ patient }) => get('everything', `/fhir/Patient/${patient}/$everything`, { patient }),
  ({ patient, by }) =>
    get('everything in pages', `/fhir/Patient/${patient}/$everything?_count=${2 + by.below(5)}`, { patient }),
  ({ resource, patient }) => get('compartment', `/fhir/Patient/${patient}/${resource.resourceType}`),
  ({ patient }) => get('compartment of all', `/fhir/Patient/${patient}/*?_count=100`),
  ({ resource, by }) =>
    get('history of a type', `/fhir/${resource.resourceType}/_history?_count=${2 + by.below(9)}`),
  ({ by }) => get('history of all', `/fhir/_history?_count=${5 + by.below(40)}`),
  () =>
    get('all types', '/fhir/?_type=Patient,Observation,Appointment,Flag&_lastUpdated=gt2000-01-01&_count=30'),
  (hidden) => ({
    kind: 'graphql',
    method: 'POST',
    url: '/fhir/$graphql',
    type: 'application/graphql',
    body: `{ ConditionList(_count: 50) { id code { text } encounter { resource { ...on Encounter { id status } } } subject { resource { ...on Patient { id name { family } address { city } } } } }
      PatientList(family: "${hidden.by.of(families)}") { id birthDate generalPractitioner { resource { ...on Organization { name } } } } }`,
  }),
  ({ resource, by }) => ({
    kind: 'batch',
    method: 'POST',
    url: '/fhir',
    type: 'application/fhir+json',
    body: JSON.stringify({
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: `${resource.resourceType}?_id=${resource.id}` } },
        {
          request: {
            method: 'GET',
            url: `Patient?_id=${patientId(by.below(people))}&_revinclude=Flag:patient`,
          },
        },
        { request: { method: 'GET', url: `Observation?code=8867-4&_total=accurate` } },
      ],
    }),
  }),
  ({ by }) => ({
    kind: 'match',
    method: 'POST',
    url: '/fhir/Patient/$match',
    type: 'application/fhir+json',
    body: JSON.stringify({
      resourceType: 'Patient',
      name: [{ family: by.of(families), given: [`Given${by.below(people)}`] }],
      birthDate: '1950-01-11',
    }),
  }),
  ({ patient }) => get('record page', `/api/people/person-of-${patient}/record`, { patient }),
  ({ patient, by }) =>
    get('record parts', `/api/people/person-of-${patient}/${by.of(['banner', 'timeline'])}`, { patient }),
  ({ resource, patient }) =>
    get('statement', `/api/people/person-of-${patient}/statements/${resource.resourceType}/${resource.id}`, {
      patient,
    }),
  ({ by }) => ({
    kind: 'find people',
    method: 'POST',
    url: '/api/people/search',
    type: 'application/json',
    body: JSON.stringify({ name: by.of(families) }),
  }),
  (hidden) => ({
    kind: 'search in a body',
    method: 'POST',
    url: `/fhir/${hidden.resource.resourceType}/_search`,
    type: form,
    body: `${filterOf(hidden)}&_total=accurate&_count=${1 + hidden.by.below(5)}`,
  }),
  (hidden) => get('search in XML', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&_format=xml`),
  ({ resource: { resourceType, id } }) =>
    get('read in XML', `/fhir/${resourceType}/${id}`, {
      direct: true,
      headers: { accept: 'application/fhir+xml' },
    }),
  ({ resource: { resourceType, id } }) => ({
    kind: 'head',
    method: 'HEAD',
    url: `/fhir/${resourceType}/${id}`,
    direct: true,
  }),
  ({ resource: { resourceType, id } }) =>
    get('read if newer', `/fhir/${resourceType}/${id}`, {
      direct: true,
      headers: { 'if-none-match': 'W/"1"' },
    }),
  (hidden) =>
    get('error', `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&${hidden.by.of(faults)}`, {
      headers: { prefer: `handling=${hidden.by.of(['strict', 'lenient'])}` },
    }),
  (hidden) =>
    get(
      'parts of answers',
      `/fhir/${hidden.resource.resourceType}?${filterOf(hidden)}&${hidden.by.of(parts)}`,
    ),
  ({ resource, by }) => ({
    kind: 'graphql of one',
    method: 'POST',
    url: '/fhir/$graphql',
    type: 'application/graphql',
    body: `{ ${by.of(['Condition', 'Observation', 'Encounter', resource.resourceType])}(id: "${resource.id}") { id } }`,
    direct: true,
  }),
  ({ resource }) => get('validate', `/fhir/${resource.resourceType}/${resource.id}/$validate?mode=delete`),
  ({ resource: { resourceType, id } }) =>
    get('why', `/api/why?type=${resourceType}&id=${id}`, { direct: true, tells: reasons }),
  ({ patient }) => get('why of a person', `/api/why/people/person-of-${patient}`, { patient }),
  ({ patient, by }) =>
    get(
      'series of results',
      `/api/people/person-of-${patient}/results/${enc(by.of(['8867-4', '29463-7', '75622-1']))}`,
      { patient },
    ),
  ({ resource, patient }) =>
    get(
      'attachment',
      `/api/people/person-of-${patient}/attachments/${resource.resourceType}/${resource.id}/0`,
      { patient },
    ),
  (hidden) => ({
    kind: 'search in a body over all types',
    method: 'POST',
    url: '/fhir/_search',
    type: form,
    body: `_type=Patient,${hidden.resource.resourceType}&_id=${hidden.resource.id}`,
  }),
  ({ resource, patient }) => ({
    kind: 'search in a body within a person',
    method: 'POST',
    url: `/fhir/Patient/${patient}/${resource.resourceType}/_search`,
    type: form,
    body: `_id=${resource.id}&_total=accurate`,
  }),
  ({ resource: { resourceType, id } }) => ({
    kind: 'meta in a body',
    method: 'POST',
    url: `/fhir/${resourceType}/${id}/$meta`,
    type: 'application/fhir+json',
    body: '{"resourceType":"Parameters"}',
    direct: true,
  }),
  ({ resource: { resourceType } }) => get('meta of a type', `/fhir/${resourceType}/$meta`),
  () => get('overview', '/api/overview'),
  ({ by }) => get('own view', `/api/mine/${by.of(['record', 'choices', ...ownLists])}`),
  ({ patient }) =>
    get('record of whom one acts for', `/api/mine/for/person-of-${patient}/record`, { patient }),
  () => get('open glasses', '/api/glass'),
  ({ viewer, patient }) =>
    viewer === 'privacy'
      ? get('who could see', `/api/privacy/who-could-see/person-of-${patient}`, { patient })
      : undefined,
  ({ viewer, patient, by }) =>
    viewer === 'privacy'
      ? get(
          'checking',
          by.below(2) === 0 ? `/api/privacy/events?person=person-of-${patient}` : '/api/privacy/glass',
        )
      : undefined,
];

const ownLists = ['wishes', 'who-looked', 'people', 'notices', 'questions', 'corrections', 'copies'];

/** Why something is refused, and nothing else. */
const reasons = /^\{"effect":"(?:deny|break-glass)","reasons":\[[^[\]]*\],"obligations":\[[^[\]]*\]\}$/;

type HiddenFrom = {
  resource: Resource;
  viewer: string;
  /** Of each hidden resource, by type and id, whether its refusal is silent. */
  silent: ReadonlyMap<string, boolean>;
  seed: number;
};

/** The request of a pair; undefined where this kind does not fit the hidden resource. */
export function requestOf(
  pair: number,
  { resource, viewer, silent, seed }: HiddenFrom,
  from: readonly Maker[] = makers,
): Asked | undefined {
  const by = chance(seed * 7_919 + pair);
  const own =
    textAt(resource, 'subject', 'reference') ?? textAt(resource, 'participant', 0, 'actor', 'reference');
  const patient =
    resource.resourceType === 'Patient'
      ? resource.id!
      : (own?.slice('Patient/'.length) ?? patientId(by.below(people)));
  const allUntold = [...silent]
    .filter(([name, isSilent]) => isSilent && name.startsWith('Patient/'))
    .map(([name]) => name.slice('Patient/'.length));
  const untold = allUntold.length === 0 ? undefined : by.of(allUntold);
  return from[pair % from.length]!({ resource, viewer, patient, untold, by });
}
