import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedData } from '../support/shared-data.ts';
import { runValidatorCases } from './validator.ts';

const cases = sharedData('fhir-test-cases/validator');

test(
  "at least 85% of HL7's validator cases that can be judged here agree on error or no error",
  { skip: cases.skip },
  () => {
    const results = runValidatorCases(cases.path);
    const passed = results.filter((one) => one.outcome === 'passed').length;
    const failed = results.filter((one) => one.outcome === 'failed').length;
    assert.ok(passed + failed > 150, `${passed + failed} cases could be judged`);
    assert.ok(passed / (passed + failed) >= 0.85, `${passed} agree, ${failed} do not`);
  },
);
