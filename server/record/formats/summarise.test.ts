import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDefinitions } from '../definitions/index.ts';
import { parseJson, summarise } from './index.ts';

const definitions = openDefinitions();
const tag = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };
const observation = parseJson(`{
  "resourceType": "Observation", "id": "o1", "meta": {"versionId": "1", "tag": [{"code": "x"}]}, "implicitRules": "http://rules",
  "text": {"status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\">x</div>"},
  "status": "final", "code": {"text": "weight", "extension": [{"url": "http://e", "valueString": "s"}]},
  "valueQuantity": {"value": 1.00, "unit": "kg"}, "note": [{"text": "n"}],
  "component": [{"code": {"text": "c"}, "valueString": "v", "interpretation": [{"text": "i"}]}]
}`);
const meta = { versionId: '1', tag: [{ code: 'x' }, tag] };

function part(selection: Parameters<typeof summarise>[1]): unknown {
  return JSON.parse(JSON.stringify(summarise(observation, selection, definitions)));
}

test('a summary keeps the summary elements at every level and marks the resource', () => {
  assert.deepEqual(part({ summary: 'true' }), {
    resourceType: 'Observation',
    id: 'o1',
    meta,
    implicitRules: 'http://rules',
    status: 'final',
    code: { text: 'weight' },
    valueQuantity: { value: 1, unit: 'kg' },
    component: [{ code: { text: 'c' }, valueString: 'v' }],
  });
});

test('a summary keeps exact decimals', () => {
  assert.match(JSON.stringify(summarise(observation, { summary: 'true' }, definitions)), /"value":1\.00/);
});

test('the text summary is the narrative and what is mandatory', () => {
  assert.deepEqual(Object.keys(part({ summary: 'text' }) as object).sort(), [
    'code',
    'id',
    'implicitRules',
    'meta',
    'resourceType',
    'status',
    'text',
  ]);
});

test('the data summary is all but the narrative', () => {
  const keys = Object.keys(part({ summary: 'data' }) as object);
  assert.ok(!keys.includes('text'));
  assert.ok(keys.includes('note'));
});

test('_elements keeps the elements named, whole, with what is mandatory', () => {
  assert.deepEqual(Object.keys(part({ elements: ['value', 'Observation.note'] }) as object).sort(), [
    'code',
    'id',
    'implicitRules',
    'meta',
    'note',
    'resourceType',
    'status',
    'valueQuantity',
  ]);
});

test('the resource itself is not changed', () => {
  assert.equal(observation.meta?.tag?.length, 1);
});
