import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foodBank } from './food-bank.fixture.ts';
import { mappingOf } from './mappings.ts';
import { sayRow } from './row.ts';

test('a value that is a word of the programming language is looked up in a code list like any other', () => {
  const mapping = mappingOf(JSON.stringify(foodBank), 'mine.json');
  const row = { Ref: '7', First: 'Ida', Last: 'Hale', Born: '01.02.1950', Seen: '03.03.2026' };
  for (const [what, text] of [
    ['Parcel', 'parcel'],
    ['constructor', 'other'],
    ['__proto__', 'other'],
  ] as const) {
    const said = sayRow(mapping, 'urn:example:bank', new Map(Object.entries({ ...row, What: what })), 0);
    if ('refusal' in said) assert.fail(said.refusal.reason);
    assert.deepEqual(said.reading.claims[1]!.elements['type'], [{ text }]);
  }
});
