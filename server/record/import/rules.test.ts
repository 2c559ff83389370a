import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionFor } from './actions.ts';
import { asUnchanged } from './counts.ts';
import { idFor } from './identity.ts';
import { reportLines } from './report.ts';
import { SeenInInput } from './seen.ts';
import { sourceUri, unnamedSource } from './source.ts';

test('a source is a URI, or a name that becomes one', () => {
  assert.equal(sourceUri(undefined), unnamedSource);
  assert.equal(sourceUri(' '), unnamedSource);
  assert.equal(sourceUri('https://fhir.nhs.uk/Id/ods|RF4'), 'https://fhir.nhs.uk/Id/ods|RF4');
  assert.equal(sourceUri('Barts  Health'), 'urn:openics:source:barts-health');
});

test('an id is the own one, else the one the bundle gives, else made from source and text', () => {
  const text = '{"resourceType":"Basic"}';
  const fullUrl = 'urn:uuid:0000000A-0000-4000-8000-000000000001';
  assert.equal(idFor({ text, fullUrl }, 'own', 's'), 'own');
  assert.equal(idFor({ text, fullUrl }, undefined, 's'), '0000000a-0000-4000-8000-000000000001');
  const made = idFor({ text }, undefined, 's');
  assert.match(made, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(idFor({ text }, undefined, 's'), made);
  assert.notEqual(idFor({ text }, undefined, 'other'), made);
});

test('an entry is a request only in bundles of requests', () => {
  const head = { type: 'Patient', id: 'p' };
  const request = { method: 'DELETE', url: 'Patient/p' };
  assert.deepEqual(actionFor({ text: '{}', request }, head, 'collection'), { kind: 'put' });
  assert.deepEqual(actionFor({ text: '', request }, undefined, 'batch'), {
    kind: 'delete',
    type: 'Patient',
    id: 'p',
  });
  const put = (url: string) =>
    actionFor({ text: '{}', request: { method: 'PUT', url } }, head, 'transaction');
  assert.deepEqual(put('Patient/p'), { kind: 'put', id: 'p' });
  assert.equal(put('Patient/q').kind, 'refuse');
  assert.equal(put('Observation/p').kind, 'refuse');
  assert.equal(put('Patient').kind, 'refuse');
  assert.equal(
    actionFor({ text: '{}', request: { method: 'PATCH', url: 'Patient/p' } }, head, 'batch').kind,
    'refuse',
  );
  assert.equal(actionFor({ text: '' }, undefined, 'searchset').kind, 'refuse');
  assert.equal(
    actionFor({ text: '{}' }, { type: 'OperationOutcome', id: undefined }, 'searchset').kind,
    'skip',
  );
});

test('a name is new once', () => {
  const seen = new SeenInInput();
  const names = Array.from({ length: 50_000 }, (_, i) => `Patient/${i}`);
  assert.ok(names.every((name) => seen.isNew(name)));
  assert.ok(names.every((name) => !seen.isNew(name)));
  assert.ok(seen.isNew('Observation/1'));
});

test('a file that is in already counts as unchanged, but for what still waits', () => {
  const counts = { Patient: { stored: 3, unchanged: 1, quarantined: 2 }, unknown: { skipped: 4 } };
  assert.deepEqual(asUnchanged(counts, new Map([['Patient', 1]])), {
    Patient: { unchanged: 5, quarantined: 1 },
    unknown: { skipped: 4 },
  });
});

test('the report counts each type and says what a person should look at', () => {
  const lines = reportLines({
    id: 'j',
    source: 's',
    paths: [],
    agent: 'a',
    state: 'finished',
    started: new Date(0),
    finished: new Date(0),
    counts: { Patient: { stored: 1_200 }, Observation: { stored: 30, unchanged: 4, quarantined: 1 } },
    notes: {
      filesRead: 1,
      filesKnown: 1,
      passedOver: ['README.md'],
      missingTargets: 2,
      missingMentions: 9,
      warnings: 1,
      untracked: [],
    },
  });
  assert.deepEqual(lines.slice(0, 4), [
    '             stored  unchanged  quarantined',
    'Observation      30          4            1',
    'Patient       1,200          0            0',
    'all types     1,230          4            1',
  ]);
  assert.equal(lines.length, 9);
});
