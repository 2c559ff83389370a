/** A made-up patient and the source its references lead to, for the tests of GraphQL. */
import { openDefinitions } from '../definitions/index.ts';
import { parseJson } from '../formats/index.ts';
import type { Resource } from '../types.ts';
import {
  executeGraphQl,
  type GraphQlRequest,
  type SearchPage,
  type SearchRequest,
  type Source,
} from './index.ts';

export const definitions = openDefinitions();

export const patient = parseJson(`{
  "resourceType": "Patient", "id": "p", "active": true, "birthDate": "2000-01-01", "_birthDate": {"extension": [{"url": "http://t", "valueDateTime": "2000-01-01T00:00:00Z"}]},
  "contained": [{"resourceType": "Practitioner", "id": "c", "gender": "female"}, {"resourceType": "Organization", "id": "o", "name": "O"}],
  "extension": [{"url": "http://e", "valueString": "x"}, {"url": "http://d", "valueDecimal": 1.50}],
  "name": [{"use": "official", "family": "A", "given": ["B", "C"]}, {"use": "usual", "given": ["D"]}],
  "telecom": [{"system": "phone", "value": "1", "rank": 2}, {"system": "email", "value": "2"}],
  "contact": [{"gender": "male", "name": {"family": "X"}}, {"name": {"family": "Y"}}],
  "generalPractitioner": [{"reference": "#c"}, {"reference": "Practitioner/1"}],
  "managingOrganization": {"reference": "https://ics.example/fhir/Organization/1"}
}`);
export const others: Resource[] = [
  { resourceType: 'Practitioner', id: '1', name: [{ family: 'P' }], gender: 'male' },
  { resourceType: 'Organization', id: '1', name: 'Trust' },
  {
    resourceType: 'Observation',
    id: '1',
    subject: { reference: 'Patient/p' },
    performer: [{ reference: 'Practitioner/1' }],
  },
  {
    resourceType: 'Observation',
    id: '2',
    subject: { reference: 'Patient/p' },
    performer: [{ reference: 'Practitioner/1' }],
  },
];

export type Asked = { reads: number; searches: SearchRequest[][]; pageLimit?: number };

export function memorySource(asked: Asked): Source {
  const all = [patient, ...others];
  return {
    read(targets) {
      asked.reads += 1;
      return Promise.resolve(
        targets.map(({ type, id }) => all.find((one) => one.resourceType === type && one.id === id)),
      );
    },
    search(requests) {
      asked.searches.push(requests);
      return Promise.resolve(
        requests.map(({ type, count = 10, cursor = 'cursor-1' }): SearchPage => {
          const found = all.filter(({ resourceType }) => resourceType === type);
          const offset = Number(cursor.slice('cursor-'.length)) - 1;
          const pageSize = Math.min(count, asked.pageLimit ?? count);
          const page = found.slice(offset, offset + pageSize);
          const entries = page.map((resource) => ({ resource, mode: 'match', score: 1 }));
          const end = offset + pageSize;
          return {
            entries,
            total: found.length,
            offset,
            pageSize,
            ...(found.length > end ? { next: `cursor-${end + 1}` } : {}),
          };
        }),
      );
    },
  };
}

export async function run(document: string, more: Partial<GraphQlRequest> & { asked?: Asked } = {}) {
  const { asked = { reads: 0, searches: [] }, ...request } = more;
  const source = memorySource(asked);
  const result = await executeGraphQl({
    document,
    definitions,
    source,
    baseUrls: ['https://ics.example/fhir'],
    ...request,
  });
  return {
    ...result,
    text: JSON.stringify(result.body),
    data: JSON.parse(JSON.stringify(result.body)).data as unknown,
  };
}

export function ask(document: string, more: Partial<GraphQlRequest> & { asked?: Asked } = {}) {
  return run(document, { focus: patient, ...more });
}
