import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAudit } from './audit-answer.ts';

test('each fault is told once, under the package that has it', () => {
  const via = {
    source: 7,
    name: 'parser',
    url: 'https://advisories.example/GHSA-aaaa-bbbb-cccc',
    severity: 'high',
  };
  const printed = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      parser: { severity: 'high', via: [via, { source: 8, severity: 'low' }] },
      gate: { severity: 'high', via: ['parser', via] },
    },
  });
  assert.deepEqual(readAudit(printed), {
    state: 'asked',
    faults: [
      { id: 'GHSA-aaaa-bbbb-cccc', package: 'parser', severity: 'high' },
      { id: '8', package: 'parser', severity: 'low' },
    ],
  });
});

test('no faults is an answer; no answer is not “no faults”', () => {
  assert.deepEqual(readAudit('{"vulnerabilities":{}}'), { state: 'asked', faults: [] });
  for (const printed of [
    '',
    'npm error network',
    '{"message":"405 Method Not Allowed","statusCode":405}',
    '{',
  ])
    assert.equal(readAudit(printed).state, 'not-asked', printed);
});
