import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tamper } from '../../bench/prove-audit.ts';
import { house } from './house.fixture.ts';

test('random tamperings are all seen by a verifier that has neither server nor database', async (t) => {
  const lines: string[] = [];
  const subject = await house(t);
  const allSeen = await tamper(subject, {
    count: 80,
    events: 80,
    seed: 11,
    print: (line) => lines.push(line),
  });
  assert.ok(allSeen, lines.join('\n'));
});
