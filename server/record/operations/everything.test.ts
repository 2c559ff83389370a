import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sharedReferences } from './everything.ts';

test('what is referred to is found wherever it stands in a long text, each once', () => {
  const place = fc.nat({ max: 200_000 });
  const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);
  fc.assert(
    fc.property(fc.array(fc.tuple(place, id), { minLength: 1, maxLength: 8 }), (references) => {
      const sorted = references.toSorted(([a], [b]) => a - b);
      let text = '';
      for (const [at, name] of sorted) {
        text = text.padEnd(at, 'é ') + `{"reference":"Practitioner/${name}"},{"reference":"Patient/${name}"}`;
      }
      const found = sharedReferences([Buffer.from(text)]);
      assert.deepEqual(
        found.map((one) => `${one.type}/${one.id}`).sort(),
        [...new Set(sorted.map(([, name]) => `Practitioner/${name}`))].sort(),
      );
    }),
    { numRuns: 200 },
  );
});

test('a reference to one version counts as one to the resource', () => {
  const text = '{"reference":"Organization/surgery/_history/3"},{"reference":"Organization/surgery"}';
  assert.deepEqual(sharedReferences([Buffer.from(text)]), [{ type: 'Organization', id: 'surgery' }]);
});
