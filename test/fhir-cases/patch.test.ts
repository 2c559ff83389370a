import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../support/shared-data.ts';
import { runPatchCases } from './patch.ts';

const cases = sharedData('fhir-test-cases/r4/patch');

test("HL7's JSON Patch and FHIRPath Patch cases pass", { skip: cases.skip }, async () => {
  const results = await runPatchCases(cases.path);
  assert.ok(results.length > 0, 'no cases were found');
  assert.deepEqual(
    results.filter(({ outcome }) => outcome !== 'passed'),
    [],
  );
});
