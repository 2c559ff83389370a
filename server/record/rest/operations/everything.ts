import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import {
  everything,
  everythingRows,
  placeText,
  readPlace,
  sharedReferences,
  typesAboutSeveral,
  type EverythingPage,
  type EverythingRequest,
  type RecordPlace,
} from '../../operations/index.ts';
import type { Sight } from '../../pieces/index.ts';
import { typeNumber } from '../../resource-types.ts';
import { homeOf, ridOf } from '../../rid.ts';
import type { Dependence, StoredResource } from '../../types.ts';
import { bundleAround, searchEntry, searchWrapping, type EntryText } from '../bundle/text.ts';
import { queryText, queryValue, type Answer, type Call, type Query } from '../call.ts';
import { deleted, notFound } from '../absent.ts';
import { requireId } from '../ids.ts';
import { requireKnown } from '../known-parameters.ts';
import { readMoment } from '../moments.ts';
import { pageSize } from '../page-size.ts';
import { seen, toFind, toJudge } from '../sight.ts';
import type { FhirServices, Operation } from '../services.ts';
import { parametersOf } from './parameters.ts';

/** All that is known of one patient, and whom and what it refers to. Source: FHIR R4 patient-operation-everything. */
export const everythingOperation: Operation = {
  name: 'everything',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  levels: ['instance'],
  types: ['Patient'],
  methods: ['GET', 'POST'],
  run: answer,
};

async function answer(services: FhirServices, call: Call): Promise<Answer> {
  const query = parametersOf(call);
  requireKnown(call, ['_type', '_since', '_count', '_cursor', 'start', 'end']);
  const id = call.target.id ?? '';
  requireId(id);
  const since = moment(query, '_since');
  const types = typesOf(services, query);
  const cursor = queryValue(query, '_cursor');
  const request = {
    patientId: ridOf(id),
    types,
    since: since && new Date(since.low),
    during: { from: dateOf(moment(query, 'start')?.low), to: dateOf(moment(query, 'end')?.high) },
    after: cursor === undefined ? undefined : readPlace(cursor),
    count: pageSize(query, { usual: wholeRecord, largest: wholeRecord }),
  };
  const linkedResources = (): Promise<Part> => linkedTo(services, call, id, query, types);
  // What is filed under the patient is read behind the second wall, which is open once the patient may be seen.
  const opened = call.sight === undefined ? undefined : await openPatient(services, call, id);
  const [patient, page, early] = await Promise.all([
    opened ?? openPatient(services, call, id),
    pageOf(services, call, request),
    request.count === wholeRecord ? linkedResources() : undefined,
  ]);
  if (patient.deleted) throw deleted('Patient');

  const isLast = page.next === undefined;
  const linked = isLast ? (early ?? (await linkedResources())) : nothing;
  const texts = [page.text, ...linked.resources.map((stored) => Buffer.from(stored.content))];
  const shared = await sharedOf(services, call, texts, types, since?.low);
  const others = [
    ...linked.resources.map((stored) => searchEntry(call.baseUrl, stored, stored.content, 'match')),
    ...shared.resources.map((stored) => searchEntry(call.baseUrl, stored, stored.content, 'include')),
  ];
  const around = bundleAround({
    id: newId(),
    type: 'searchset',
    at: services.clock(),
    total: isLast && cursor === undefined ? page.count + linked.resources.length : undefined,
    links: linksOf(call, query, page.next && placeText(page.next)),
  });
  const dependsOn = together([
    { patients: [request.patientId], tokens: [] },
    linked.dependsOn,
    shared.dependsOn,
  ]);
  return {
    status: 200,
    bytes: bundleBytes(around, page.text, others),
    ...(dependsOn !== undefined && { dependsOn }),
  };
}

/** The patient, as far as whoever asks may see them. */
async function openPatient(services: FhirServices, call: Call, id: string): Promise<StoredResource> {
  const patient = await toJudge(() => services.store.read('Patient', id));
  if (patient === undefined) throw notFound('Patient');
  return seen(services, call, patient);
}

/** A page of what is filed under the patient, of which whoever asks sees their part. */
async function pageOf(
  services: FhirServices,
  call: Call,
  request: EverythingRequest,
): Promise<EverythingPage> {
  const { sight } = call;
  if (sight === undefined) return everything(services.db, request, searchWrapping(call.baseUrl, 'match'));
  const found: StoredResource[] = [];
  let after = request.after;
  for (let more = true; more && found.length <= request.count;) {
    const rows = await everythingRows(services.db, { ...request, after, count: lookedAt });
    const listed = await sight.lists(rows);
    found.push(...rows.filter((_, index) => listed[index]));
    const last = rows.at(-1);
    more = rows.length === lookedAt && last !== undefined;
    if (more) after = placeIn(last!);
  }
  const page = found.slice(0, request.count);
  const last = found.length > request.count ? page.at(-1) : undefined;
  const shown = (await sight.shows(page, 'read')).filter((one) => one !== undefined);
  const text = shown.map((one) => searchEntry(call.baseUrl, one, one.content, 'match')).join(',');
  return { text: Buffer.from(text), count: shown.length, next: last && placeIn(last) };
}

/** So many rows are looked at together. */
const lookedAt = 500;

const placeIn = ({ type, id }: StoredResource): RecordPlace => ({ type: typeNumber(type), rid: ridOf(id) });

/** What may be seen of these, each in its place. */
async function shownOnly(
  sight: Sight,
  stored: readonly (StoredResource | undefined)[],
): Promise<(StoredResource | undefined)[]> {
  const there = stored.filter((one) => one !== undefined && !one.deleted) as StoredResource[];
  const shown = await sight.shows(there, 'read');
  const byRow = new Map(there.map((one, index) => [one, shown[index]]));
  return stored.map((one) => one && byRow.get(one));
}

/** Some resources, and what they were found by; undefined where that cannot be said in few words. */
type Part = { resources: StoredResource[]; dependsOn: Dependence | undefined };

const nothing: Part = { resources: [], dependsOn: { patients: [], tokens: [] } };

/** A Bundle of entries that are at hand as bytes, and some more. */
function bundleBytes(around: { before: string; after: string }, entries: Buffer, more: EntryText[]): Buffer {
  if (entries.length === 0 && more.length === 0) return Buffer.from(around.before + around.after);
  const comma = entries.length > 0 && more.length > 0 ? ',' : '';
  return Buffer.concat([
    Buffer.from(`${around.before},"entry":[`),
    entries,
    Buffer.from(`${comma}${more.join(',')}]${around.after}`),
  ]);
}

/** What several parts depend on together. */
function together(parts: readonly (Dependence | undefined)[]): Dependence | undefined {
  if (parts.some((one) => one === undefined)) return undefined;
  const known = parts as readonly Dependence[];
  const types = new Set(known.flatMap((one) => one.types ?? []));
  return {
    patients: [...new Set(known.flatMap((one) => one.patients))],
    tokens: [...new Set(known.flatMap((one) => one.tokens))],
    ...(types.size > 0 && { types: [...types] }),
  };
}

/** More than one person's record holds, and little enough for one answer; beyond it there is a next page. */
const wholeRecord = 10_000;

/** More practitioners and organisations than this are too many to look at before an answer is used again. */
const mostFollowed = 200;

/** Practitioners, organisations and the like that the page refers to. */
async function sharedOf(
  services: FhirServices,
  call: Call,
  texts: readonly Buffer[],
  types: readonly string[] | undefined,
  since: number | undefined,
): Promise<Part> {
  const wanted = sharedReferences(texts).filter(({ type }) => types === undefined || types.includes(type));
  if (wanted.length === 0) return nothing;
  const all = await toJudge(() => services.store.readMany(wanted));
  const found = call.sight === undefined ? all : await shownOnly(call.sight, all);
  const resources = found.filter(
    (stored) =>
      stored !== undefined &&
      !stored.deleted &&
      (since === undefined || stored.lastUpdated.getTime() > since),
  ) as StoredResource[];
  const homes = wanted.map(({ type, id }, index) => found[index]?.patientId ?? homeOf(type, id));
  return {
    resources,
    dependsOn: wanted.length > mostFollowed ? undefined : { patients: homes, tokens: [] },
  };
}

/** What names the patient among several, such as an appointment, and so is filed under nobody. */
async function linkedTo(
  services: FhirServices,
  call: Call,
  patientId: string,
  query: Query,
  types: readonly string[] | undefined,
): Promise<Part> {
  const wanted = typesAboutSeveral.filter((type) => types === undefined || types.includes(type));
  if (wanted.length === 0) return nothing;
  const since = queryValue(query, '_since');
  const resources: StoredResource[] = [];
  let dependsOn: Dependence | undefined;
  let cursor: string | undefined;
  do {
    const result = await toFind(() =>
      services.search.search(services.db, {
        patientId,
        query: [
          ['_type', wanted.join(',')],
          ['_count', '1000'],
          ...(since === undefined ? [] : [['_lastUpdated', `gt${since}`] as const]),
          ...(cursor === undefined ? [] : [['_cursor', cursor] as const]),
        ],
        handling: 'strict',
        baseUrl: call.baseUrl,
        sight: call.sight,
      }),
    );
    resources.push(...result.matches);
    dependsOn = result.dependsOn;
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  return { resources, dependsOn };
}

function typesOf(services: FhirServices, query: Query): string[] | undefined {
  const types = query.filter(([name]) => name === '_type').flatMap(([, value]) => value.split(','));
  if (types.length === 0) return undefined;
  if (types.every(services.isType)) return types;
  throw new Problem('rest/unknown-type', 400, '_type names something that is not an R4 resource type.', {
    place: '_type',
    wayOut: 'Use names such as Observation, separated by commas.',
  });
}

function linksOf(call: Call, query: Query, next: string | undefined) {
  const address = `${call.baseUrl}/Patient/${call.target.id}/$everything`;
  const link = (relation: string, pairs: Query) => {
    const text = queryText(pairs);
    return { relation, url: text === '' ? address : `${address}?${text}` };
  };
  const first = query.filter(([name]) => name !== '_cursor');
  return [link('self', query), ...(next === undefined ? [] : [link('next', [...first, ['_cursor', next]])])];
}

function moment(query: Query, name: string): { low: number; high: number } | undefined {
  const text = queryValue(query, name);
  return text === undefined ? undefined : readMoment(text, name);
}

const dateOf = (time: number | undefined): Date | undefined =>
  time === undefined ? undefined : new Date(time);
