import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Resource } from '../types.ts';
import { tailOf } from './tail.ts';

const id = fc.stringMatching(/^[A-Za-z0-9\-.]{1,20}$/);
const value = fc.jsonValue({ maxDepth: 3 });
const meta = fc.record(
  {
    versionId: id,
    lastUpdated: fc.constant('2024-01-01T00:00:00Z'),
    source: fc.webUrl(),
    profile: fc.array(fc.webUrl()),
  },
  { requiredKeys: [] },
);
const usualOrders = [
  ['resourceType', 'id', 'meta', 'name', 'text'],
  ['resourceType', 'id', 'name', 'text', 'meta'],
];

test('content cut out of the written resource is the content that would be written', () => {
  const resources = fc.record(
    { resourceType: fc.constant('Patient'), id, meta, name: value, text: value },
    { requiredKeys: ['resourceType'] },
  );
  const orders = fc.oneof(
    fc.constantFrom(...usualOrders),
    fc.shuffledSubarray(usualOrders[0]!, { minLength: 5 }),
  );
  fc.assert(
    fc.property(resources, orders, (made, order) => {
      const entries = order
        .filter((key) => key in made)
        .map((key) => [key, (made as Record<string, unknown>)[key]]);
      const resource = JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Resource;
      assert.equal(tailOf(resource, JSON.stringify(resource)), tailOf(resource));
    }),
    { numRuns: 1000 },
  );
});
