import { askerId } from '../../../access/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { readExportParameters, type ExportRequest, type ExportScope } from '../../operations/index.ts';
import { deleted, notFound } from '../absent.ts';
import { queryText, queryValue, type Answer, type Call } from '../call.ts';
import { seen, toJudge } from '../sight.ts';
import { seenFile, seenManifest } from './seen-export.ts';
import type { FhirServices, Operation } from '../services.ts';
import { parametersOf } from './parameters.ts';

const guide = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';

/** Kick-off of a bulk export. Source: HL7 FHIR Bulk Data Access 2.0. */
export const exportOperations: readonly Operation[] = [
  {
    name: 'export',
    definition: `${guide}/export`,
    levels: ['system'],
    types: [],
    methods: ['GET', 'POST'],
    run: (services, call) => kickOff(services, call, { level: 'system' }),
  },
  {
    name: 'export',
    definition: `${guide}/patient-export`,
    levels: ['type'],
    types: ['Patient'],
    methods: ['GET', 'POST'],
    run: (services, call) => kickOff(services, call, { level: 'patient' }),
  },
  {
    name: 'export',
    definition: `${guide}/group-export`,
    levels: ['instance'],
    types: ['Group'],
    methods: ['GET', 'POST'],
    run: async (services, call) => kickOff(services, call, await groupScope(services, call)),
  },
];

async function kickOff(services: FhirServices, call: Call, scope: ExportScope): Promise<Answer> {
  if (!call.prefer.async) {
    throw new Problem('rest/export-async', 400, 'An export runs in the background.', {
      place: 'Prefer',
      wayOut: 'Send Prefer: respond-async.',
    });
  }
  requireMayExport(call);
  const query = parametersOf(call);
  const { types, since } = readExportParameters(query, services.isType);
  const id = await services.exports.start({
    scope,
    types: typesFor(services, scope, types),
    since,
    requestUrl: requestUrl(call, queryText(query)),
    startedBy: askerId(call.viewing),
  } satisfies ExportRequest);
  return { status: 202, headers: { 'content-location': jobUrl(call, id) } };
}

/** All types, or for patients those of the patient compartment. */
function typesFor(services: FhirServices, scope: ExportScope, wanted: string[] | undefined): string[] {
  if (scope.level === 'system') return wanted ?? [...services.types];
  const { resources } = services.definitions.patientCompartment;
  const inCompartment = [...resources.keys()].filter(
    (type) => type === 'Patient' || resources.get(type)!.length > 0,
  );
  return (wanted ?? inCompartment).filter((type) => inCompartment.includes(type)).sort();
}

async function groupScope(services: FhirServices, call: Call): Promise<ExportScope> {
  const groupId = call.target.id ?? '';
  const group = await toJudge(() => services.store.read('Group', groupId));
  if (group === undefined) throw notFound('Group');
  const shown = await seen(services, call, group);
  if (shown.deleted) throw deleted('Group');
  return { level: 'group', groupId, groupVersion: group.version };
}

/** Watching, cancelling and fetching: `$export-status?job=ID` and `$export-file?job=ID&name=NAME`. */
export const exportFollowUps: readonly Operation[] = [
  {
    name: 'export-status',
    definition: '',
    levels: ['system'],
    types: [],
    methods: ['GET', 'DELETE'],
    run: (services, call) => (call.method === 'DELETE' ? cancel(services, call) : status(services, call)),
  },
  {
    name: 'export-file',
    definition: '',
    levels: ['system'],
    types: [],
    methods: ['GET'],
    run: file,
  },
];

async function status(services: FhirServices, call: Call): Promise<Answer> {
  const id = await ownJob(services, call);
  const found = await services.exports.status(id, (name) => fileUrl(call, id, name));
  if (found.state === 'failed') throw found.problem;
  if (found.state === 'underway') {
    const progress = call.sight === undefined ? found.progress : 'under way';
    return { status: 202, headers: { 'x-progress': progress, 'retry-after': '1' } };
  }
  return {
    status: 200,
    json: JSON.stringify(call.sight === undefined ? found.manifest : seenManifest(found.whole)),
    plainJson: true,
    headers: { expires: found.expires.toUTCString() },
  };
}

async function cancel(services: FhirServices, call: Call): Promise<Answer> {
  await services.exports.cancel(await ownJob(services, call));
  return { status: 202 };
}

async function file(services: FhirServices, call: Call): Promise<Answer> {
  const id = await ownJob(services, call);
  const name = queryValue(call.query, 'name') ?? '';
  if (call.sight !== undefined) return seenFile(services, call.sight, id, name);
  const found = await services.exports.file(id, name);
  return {
    status: 200,
    stream: { contentType: 'application/fhir+ndjson', body: found.body },
    headers: { 'content-length': String(found.bytes) },
  };
}

/** The export that a request names: one that whoever asks started. To others it is not there. */
async function ownJob(services: FhirServices, { query, viewing }: Call): Promise<string> {
  const id = queryValue(query, 'job') ?? '';
  if (!viewing.seesAll) await services.exports.mustBeOf(id, askerId(viewing));
  return id;
}

/** An export of many is for staff and programs; what they may take with them is decided for each line. */
function requireMayExport({ viewing: { asker, seesAll } }: Call): void {
  if (seesAll || (asker.kind === 'known' && asker.subject.kind !== 'resident')) return;
  throw new Problem('access/refused', 403, 'Only staff and programs may export.', {
    wayOut: 'Ask for a copy of your own record in your own view.',
  });
}

const jobUrl = (call: Call, id: string): string => `${call.baseUrl}/$export-status?job=${id}`;

const fileUrl = (call: Call, id: string, name: string): string =>
  `${call.baseUrl}/$export-file?job=${id}&name=${encodeURIComponent(name)}`;

function requestUrl(call: Call, query: string): string {
  const path = [call.baseUrl, call.target.type, call.target.id, '$export']
    .filter((part) => part !== undefined)
    .join('/');
  return query === '' ? path : `${path}?${query}`;
}
