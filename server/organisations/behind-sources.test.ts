import assert from 'node:assert/strict';
import { test } from 'node:test';
import { database } from '../../test/support/database.ts';
import { loadMadeUpSystem } from '../../test/support/made-up-system.ts';
import { behindSources } from './behind-sources.ts';
import { createOrganisations, odsSystem } from './index.ts';

const db = await database();
const clock = () => new Date('2026-03-01T09:00:00Z');

test('sources are named as their organisations, by code or by name; a source nobody knows is left out', async () => {
  await loadMadeUpSystem(db, clock);
  const [byCode, byName, unknown] = [
    `${odsSystem}/ZZ0001`,
    'urn:openics:source:harbour-pcn',
    `${odsSystem}/ZZ9999`,
  ];
  const behind = await behindSources(createOrganisations(db), [byCode, byName, unknown, ''], '2026-03-01');
  assert.deepEqual(
    behind,
    new Map([
      [byCode, { name: 'Harbour and Quay Surgery', kind: 'gp-practice', code: 'ZZ0001' }],
      [byName, { name: 'Harbour Primary Care Network', kind: 'pcn', code: undefined }],
    ]),
  );
});
