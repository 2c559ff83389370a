import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../support/shared-data.ts';
import { runFhirPathCases } from './fhirpath.ts';

const cases = sharedData('fhir-test-cases/r4/fhirpath');

test(
  "nearly all of HL7's FHIRPath cases pass that do not need an absent example resource",
  { skip: cases.skip },
  () => {
    const results = runFhirPathCases(cases.path);
    const failed = results
      .filter((one) => one.outcome === 'failed')
      .map((one) => `${one.name}: ${one.reason}`);
    assert.ok(results.filter((one) => one.outcome === 'passed').length >= 725);
    assert.ok(failed.length <= 10, failed.join('\n'));
  },
);
