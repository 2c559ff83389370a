import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { randomOf } from '../../../test/support/mutate.ts';
import { decide, outcomeOf, permits } from '../decide/decide.ts';
import { compile } from '../policy/compile.ts';
import { shippedPolicy } from '../policy/read.ts';
import { agreements } from '../scenarios/parties.fixture.ts';
import { caseOf } from './cases.fixture.ts';
import { answer, type Answer } from './oracle.fixture.ts';

const requests = 100_000;

test(`two ways to decide agree on ${requests} made-up requests: effect, rules, silence and duties`, () => {
  const policy = shippedPolicy();
  const compiled = compile(policy, agreements);
  const random = randomOf(20260512);
  const met = new Map<string, number>();
  for (let turn = 0; turn < requests; turn++) {
    const made = caseOf(random);
    const { subject, action, item, context } = made;
    const decision = decide(subject, action, item, context, compiled);
    const first: Answer = {
      effect: decision.effect,
      silent: decision.silent,
      rules: decision.reasons.map(({ rule }) => rule).sort(),
      obligations: [...decision.obligations].sort(),
    };
    const second = answer({ ...made, policy, agreements });
    second.rules.sort();
    second.obligations.sort();
    if (!isDeepStrictEqual(first, second)) assert.deepEqual(first, second, JSON.stringify(made));
    assert.equal(outcomeOf(subject, action, item, context, compiled), second.effect);
    assert.equal(permits(subject, action, item, context, compiled), second.effect === 'permit');
    for (const name of [second.effect, ...second.rules, ...second.obligations])
      met.set(name, (met.get(name) ?? 0) + 1);
  }
  const rules = [...policy.needs, ...policy.refusals, ...policy.branches].map(({ id }) => id);
  const words = policy.duties.map(({ obligation }) => obligation);
  const missed = [
    ...rules,
    ...words,
    'permit',
    'deny',
    'break-glass',
    'glass-open',
    'nothing-permits',
  ].filter((name) => (met.get(name) ?? 0) < 20);
  assert.deepEqual(missed, [], 'every rule, branch and duty was met at least twenty times');
  assert.ok(met.get('permit')! > requests / 20, `only ${met.get('permit')} were permitted`);
});
