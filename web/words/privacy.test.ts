import assert from 'node:assert/strict';
import { test } from 'node:test';
import { didWords, ruleInWords, whyWords } from './privacy.ts';
import { purposeWords } from './purposes.ts';

type Line = Parameters<typeof didWords>[0];
const line = (more: Partial<Line>): Line =>
  ({ kind: 'read', resource: null, purpose: null, reason: null, ...more }) as Line;

test('an access is told in words, whatever it was about', () => {
  assert.equal(didWords(line({ resource: 'AuditEvent' })), 'Looked at: who looked');
  assert.equal(didWords(line({ resource: 'MedicationRequest' })), 'Looked at: Medication request');
  assert.equal(didWords(line({ kind: 'sign-in', resource: 'sign-in' })), 'Signed in');
  assert.equal(didWords(line({ kind: 'export' })), 'Copied');
  assert.equal(didWords(line({ resource: 'identity-sealed' })), 'Looked at: who is who, under seal');
  assert.deepEqual(['relationship', 'post-given'].map(ruleInWords), ['nothing shows care', 'post given']);
});

test('why is told in words too, for residents and emergencies as for staff', () => {
  assert.equal(whyWords(line({ purpose: 'PATRQT' })), 'to see their own record');
  assert.equal(
    whyWords(line({ purpose: 'BTG', reason: 'Found on the street' })),
    'in an emergency, by breaking the glass. Found on the street',
  );
  for (const code of ['ETREAT', 'FAMRQT', 'PWATRNY', 'COC', 'CAREMGT', 'HOPERAT', 'PUBHLTH', 'HSYSADMIN'])
    assert.notEqual(purposeWords(code), code);
});
