import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { shippedPolicy } from '../policy/read.ts';
import type { Decision, Effect } from '../types.ts';
import { freeTries, hourMs, isForCare, nextTryAt, waysTo } from './rules.ts';

const policy = shippedPolicy();
const minute = 60_000;

const decided = (effect: Effect, rule: string, silent = false): Decision => ({
  effect,
  silent,
  obligations: [],
  reasons: [{ rule, says: `says ${rule}`, wayOut: `way out of ${rule}`, source: 'a test', confirmed: true }],
});

describe('Whoever gives wrong pairs', () => {
  test('waits for nothing after two, a minute after three, twice as long after each more', () => {
    const now = 10 * hourMs;
    const wrong = (count: number) => Array.from({ length: count }, () => now);
    const waits = [0, 1, 2, 3, 4, 5, 6].map((count) => (nextTryAt(wrong(count), now) - now) / minute);
    assert.deepEqual(waits, [0, 0, 0, 1, 2, 4, 8]);
  });

  test('tries at most nine pairs within an hour, however patient', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 * minute }), { maxLength: 400 }), (gaps) => {
        const tried: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (now >= 24 * hourMs) break;
          if (nextTryAt(tried, now) <= now) tried.push(now);
        }
        for (const start of tried) {
          const within = tried.filter((at) => at >= start && at < start + hourMs);
          assert.ok(within.length <= freeTries + 6, `${within.length} within an hour`);
        }
      }),
    );
  });
});

describe('The ways to a stranger', () => {
  test('are a claim and the glass where only a relationship is missing', () => {
    assert.deepEqual(waysTo([decided('break-glass', 'relationship')], policy), {
      state: 'closed',
      mayClaim: true,
      mayBreak: true,
      says: ['says relationship'],
      waysOut: ['way out of relationship'],
    });
  });

  test('are a claim alone for a role that breaks no glass', () => {
    const ways = waysTo([decided('deny', 'relationship')], policy);
    assert.ok(ways?.state === 'closed' && ways.mayClaim && !ways.mayBreak);
  });

  test('are the glass alone where the person objects or may be family', () => {
    for (const rule of ['objects-to-sharing', 'family', 'colleague', 'sealed']) {
      const ways = waysTo([decided('break-glass', rule)], policy);
      assert.ok(ways?.state === 'closed' && !ways.mayClaim && ways.mayBreak, rule);
    }
  });

  test('are none, and that is said, where the person said so for emergencies too', () => {
    const ways = waysTo([decided('deny', 'objects-even-in-emergency')], policy);
    assert.ok(ways?.state === 'closed' && !ways.mayClaim && !ways.mayBreak);
  });

  test('are not told of where a rule is silent, or where whoever asks could do nothing', () => {
    assert.equal(waysTo([decided('deny', 'blocks-user', true)], policy), undefined);
    assert.equal(waysTo([decided('deny', 'own-or-agreed')], policy), undefined);
    assert.equal(waysTo([decided('deny', 'may-by-role')], policy), undefined);
    assert.equal(waysTo([], policy), undefined);
  });

  test('are those of the entries that may be known of: a hidden entry adds nothing', () => {
    const open = decided('break-glass', 'relationship');
    const hidden = decided('deny', 'hidden-by-sensitivity', true);
    assert.deepEqual(waysTo([open, hidden], policy), waysTo([open], policy));
  });
});

test('only whoever works for somebody’s care finds strangers', () => {
  assert.ok(isForCare('TREAT', policy) && isForCare('PATADMIN', policy));
  for (const purpose of ['HCOMPL', 'POPHLTH', 'PATRQT', 'HSYSADMIN'] as const)
    assert.equal(isForCare(purpose, policy), false, purpose);
});
