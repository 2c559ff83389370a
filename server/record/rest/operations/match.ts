import { findMatches, observed, type FoundMatch } from '../../../people/index.ts';
import { Problem } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { patientTexts } from '../../operations/index.ts';
import type { Asked, Sight } from '../../pieces/index.ts';
import type { Resource, StoredResource } from '../../types.ts';
import { bundleText } from '../bundle/text.ts';
import { queryValue, type Answer, type Call, type Query } from '../call.ts';
import type { FhirServices, Operation } from '../services.ts';
import { parametersOf, resourceParameter } from './parameters.ts';
import { toFind, toJudge } from '../sight.ts';

/**
 * Who is meant by these particulars? Answers with Patients, each with a score and a grade, the likeliest first, by the same model
 * that links arriving records. Source: FHIR R4 patient-operation-match.
 */
export const matchOperation: Operation = {
  name: 'match',
  definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
  levels: ['type'],
  types: ['Patient'],
  methods: ['POST'],
  run: answer,
};

const gradeUrl = 'http://hl7.org/fhir/StructureDefinition/match-grade';
const usualCount = 20;
const largestCount = 100;

async function answer(services: FhirServices, call: Call): Promise<Answer> {
  const patient = asked(call);
  const query = parametersOf(call);
  const onlyCertain = flag(query, 'onlyCertainMatches');
  const count = countOf(query);
  const found = await toFind(() => findMatches(services.db, observed('asked for', patient)));
  const graded = found.filter(({ grade }) => !onlyCertain || grade === 'certain');
  const wanted = call.sight === undefined ? graded.slice(0, count) : graded;
  const patientIds = wanted.map(({ patientId }) => patientId);
  const all = await toJudge(() => patientTexts(services.db, patientIds));
  const texts = call.sight === undefined ? all : await shownOf(services, call.sight, all, askedWith(patient));
  const entries = wanted.flatMap((match) => {
    const content = texts.get(match.patientId);
    return content === undefined ? [] : [entryOf(call.baseUrl, match, content)];
  });
  entries.splice(count);
  return {
    status: 200,
    json: bundleText({
      id: newId(),
      type: 'searchset',
      at: services.clock(),
      total: entries.length,
      entries,
    }),
  };
}

/** Particulars about where somebody is find nobody whose whereabouts are protected. */
const askedWith = (patient: Resource): Asked => {
  const given = new Set(Object.keys(patient));
  const byPlace = ['address', 'telecom', 'generalPractitioner', 'managingOrganization', 'contact'].some(
    (key) => given.has(key),
  );
  return { byPlace, narrowed: byPlace };
};

/** The texts of Patients in the form they may be seen in, without those that are hidden. */
async function shownOf(
  services: FhirServices,
  sight: Sight,
  texts: ReadonlyMap<string, string>,
  how: Asked,
): Promise<Map<string, string>> {
  const names = [...texts.values()].map((text) => ({
    type: 'Patient',
    id: (JSON.parse(text) as Resource).id ?? '',
  }));
  const all = await toJudge(() => services.store.readMany(names));
  const stored = all.filter((one) => one !== undefined && !one.deleted);
  const shown = await sight.shows(stored as StoredResource[], 'search', how);
  return new Map(shown.flatMap((one) => (one === undefined ? [] : [[one.patientId, one.content]])));
}

/** The Patient to look for: in Parameters under `resource`, or the body itself. */
function asked(call: Call): Resource {
  const body = call.body?.kind === 'resource' ? call.body.take() : undefined;
  const resource = body?.resourceType === 'Parameters' ? resourceParameter(body, 'resource') : body;
  if (resource?.resourceType === 'Patient') return resource;
  throw new Problem('rest/match-resource', 400, 'There is no Patient to look for.', {
    place: 'Parameters.parameter',
    wayOut: 'Send Parameters with a part named resource that holds a Patient with what is known.',
  });
}

function flag(query: Query, name: string): boolean {
  const value = queryValue(query, name) ?? 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrong(name, `${name} is true or false.`);
}

function countOf(query: Query): number {
  const text = queryValue(query, 'count');
  if (text === undefined) return usualCount;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw wrong('count', 'count is a whole number from 1.');
  const count = Number(text);
  if (count > largestCount) throw wrong('count', `count is at most ${largestCount}.`);
  return count;
}

const wrong = (place: string, message: string): Problem =>
  new Problem('rest/match-parameter', 400, message, { place, wayOut: 'Change it, or leave it out.' });

function entryOf(baseUrl: string, { grade, score }: FoundMatch, content: string): string {
  const { id } = JSON.parse(content) as Resource;
  const search = { extension: [{ url: gradeUrl, valueCode: grade }], mode: 'match', score };
  return `{"fullUrl":"${baseUrl}/Patient/${id}","resource":${content},"search":${JSON.stringify(search)}}`;
}
