import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAudit } from './audit-answer.ts';

test('known faults of dependencies are told apart: high and critical ones fail the check', () => {
  const printed = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      parser: { severity: 'high', range: '<2.0.1' },
      colours: { severity: 'low', range: '1.0.0' },
      gate: { severity: 'critical', range: '*' },
    },
  });
  assert.deepEqual(readAudit(printed), {
    state: 'asked',
    grave: ['parser <2.0.1: high', 'gate *: critical'],
    lesser: ['colours 1.0.0: low'],
  });
});

test('no faults is an answer; no answer is not “no faults”', () => {
  assert.deepEqual(readAudit('{"vulnerabilities":{}}'), { state: 'asked', grave: [], lesser: [] });
  for (const printed of [
    '',
    'npm error network',
    '{"message":"405 Method Not Allowed","statusCode":405}',
    '{',
  ])
    assert.equal(readAudit(printed).state, 'not-asked', printed);
});
