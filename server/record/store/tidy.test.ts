import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../../test/support/database.ts';
import { openDefinitions } from '../definitions/index.ts';
import { createSearch } from '../search/index.ts';
import { createStore } from './store.ts';
import { tidyIndexes } from './tidy.ts';

const db = await database();
const search = createSearch({ definitions: openDefinitions() });
const store = createStore({ db, extractor: search, clock: () => new Date() });

test('what was written lately is put in its place in the token indexes, and is found before and after', async () => {
  await store.write(
    Array.from({ length: 50 }, (_, n) => ({
      kind: 'put',
      type: 'Observation',
      id: `weight-${n}`,
      resource: {
        resourceType: 'Observation',
        id: `weight-${n}`,
        status: 'final',
        code: { coding: [{ system: 'urn:test', code: 'weight' }] },
        subject: { reference: `Patient/${n}` },
      },
    })),
    { source: 'urn:test', channel: 'rest', agent: 'test' },
  );
  const found = async () => (await search.matchIds(db, 'Observation', 'code=urn:test|weight', 100)).length;
  assert.equal(await found(), 50);
  if (!db.distributed) assert.ok((await tidyIndexes(db)) > 0);
  assert.equal(await tidyIndexes(db), 0);
  assert.equal(await found(), 50);
});
