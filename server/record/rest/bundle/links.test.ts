import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Resource } from '../../types.ts';
import { substituteReferences } from '../references.ts';
import { readEntry } from './entries.ts';
import { links } from './links.ts';
import { plan, type Matches } from './plan.ts';

const base = 'http://localhost/fhir';
const urn = 'urn:uuid:0195e1d2-7a64-7000-8000-000000000001';
const none: Matches = new Map();
const uris = new Set([
  'Attachment.url',
  'DocumentReference.content.attachment.url',
  'DocumentReference.extension.valueUri',
]);

const post = (resource: Resource, fullUrl?: string, more: Record<string, unknown> = {}) => ({
  ...(fullUrl !== undefined && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
});

function point(raw: unknown[], matches: Matches = none, versions: Record<string, number> = {}): Resource[] {
  let next = 0;
  const entries = raw.map((entry, index) => readEntry(entry, index, base));
  const steps = plan(entries, matches, () => `new-${++next}`);
  const targets = links(steps, matches, (key) => versions[key]);
  for (const { entry } of steps) {
    if (entry.resource)
      substituteReferences(entry.resource, targets.substituteIn(entry), (path) => uris.has(path));
  }
  return entries.map((entry) => entry.resource!);
}

const patient = (): Resource => ({ resourceType: 'Patient' });
const about = (reference: string): Resource => ({ resourceType: 'Observation', subject: { reference } });

test('a reference to an entry of the bundle becomes a reference to the stored resource', () => {
  const [, observation] = point([post(patient(), urn), post(about(urn))]);
  assert.deepEqual(observation!['subject'], { reference: 'Patient/new-1' });
});

test('two entries may refer to each other', () => {
  const other = 'urn:uuid:0195e1d2-7a64-7000-8000-000000000002';
  const [one, two] = point([
    post({ resourceType: 'Observation', hasMember: [{ reference: other }] }, urn),
    post({ resourceType: 'Observation', derivedFrom: [{ reference: urn }] }, other),
  ]);
  assert.deepEqual(one!['hasMember'], [{ reference: 'Observation/new-2' }]);
  assert.deepEqual(two!['derivedFrom'], [{ reference: 'Observation/new-1' }]);
});

test('a relative reference is read against the full URL of its own entry', () => {
  const from = 'http://elsewhere.example/fhir';
  const [, observation] = point([
    post(patient(), `${from}/Patient/7`),
    post(about('Patient/7'), `${from}/Observation/9`),
  ]);
  assert.deepEqual(observation!['subject'], { reference: 'Patient/new-1' });
});

test('links in uri elements and in the narrative are pointed too, but canonical elements and text are not', () => {
  const [document] = point([
    post(
      {
        resourceType: 'DocumentReference',
        text: { status: 'generated', div: `<div><a href="${urn}">it</a> and ${urn}</div>` },
        identifier: [{ system: 'urn:ietf:rfc:3986', value: urn }],
        extension: [{ url: 'http://example.org/about', valueUri: urn }],
        content: [{ attachment: { url: urn } }],
        meta: { profile: [urn] },
      },
      urn,
    ),
  ]);
  const text = JSON.stringify(document);
  assert.equal(text.match(/DocumentReference\/new-1/g)?.length, 3);
  assert.equal(text.match(/urn:uuid:/g)?.length, 3);
});

test('a reference that names a search becomes a reference to its one match', () => {
  const key = 'Patient?identifier=http://example.org|9';
  const [observation] = point([post(about(key))], new Map([[key, ['42']]]));
  assert.deepEqual(observation!['subject'], { reference: 'Patient/42' });
});

test('a search that another entry of the bundle creates for is answered by that entry', () => {
  const condition = 'identifier=http://example.org|9';
  const [, observation] = point([
    post(patient(), undefined, { ifNoneExist: condition }),
    post(about(`Patient?${condition}`)),
  ]);
  assert.deepEqual(observation!['subject'], { reference: 'Patient/new-1' });
});

test('a reference to a version stays one, with the version that will be stored', () => {
  const [, observation] = point([post(patient(), urn), post(about(`${urn}/_history/9`))], none, {
    'Patient/new-1': 1,
  });
  assert.deepEqual(observation!['subject'], { reference: 'Patient/new-1/_history/1' });
});

test('a reference to nothing refuses the whole bundle and says in which entry', () => {
  assert.throws(() => point([post(patient()), post(about(urn))]), {
    code: 'rest/unresolved-reference',
    place: 'Bundle.entry[1].resource',
  });
  assert.throws(() => point([post(about('Patient?identifier=9'))]), { code: 'rest/unresolved-reference' });
});

test('a search that finds several refuses the whole bundle', () => {
  const key = 'Patient?family=Smith';
  assert.throws(() => point([post(about(key))], new Map([[key, ['1', '2']]])), { status: 412 });
});

test('two entries may not have the same full URL', () => {
  assert.throws(() => point([post(patient(), urn), post(patient(), urn)]), { code: 'rest/same-full-url' });
});
