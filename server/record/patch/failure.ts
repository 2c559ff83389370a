import { Problem } from '../../platform/errors.ts';

/** A patch that is not one: the request itself is wrong. */
export function malformed(operation: number | undefined, what: string): Problem {
  return problem('record/patch-malformed', 400, operation, what, 'Correct the patch and send it again.');
}

/** A patch that cannot be applied to this resource. */
export function inapplicable(operation: number | undefined, what: string): Problem {
  return problem(
    'record/patch-inapplicable',
    422,
    operation,
    what,
    'Read the resource again and make the patch for what it holds now.',
  );
}

/** A `test` that did not hold. */
export function testFailed(operation: number): Problem {
  return problem(
    'record/patch-test-failed',
    422,
    operation,
    'The value tested for is not there',
    'Read the resource again.',
  );
}

function problem(
  code: string,
  status: number,
  operation: number | undefined,
  what: string,
  wayOut: string,
): Problem {
  return new Problem(code, status, `${what}. Nothing was changed.`, {
    ...(operation === undefined ? {} : { place: `operation ${operation}` }),
    wayOut,
  });
}
