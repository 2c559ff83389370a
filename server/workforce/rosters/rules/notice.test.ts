import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysShortOfNotice } from './notice.ts';

test('six weeks of notice: in time on the day itself, a day short on the next', () => {
  assert.equal(daysShortOfNotice('2026-04-20', '2026-06-01', 42), 0);
  assert.equal(daysShortOfNotice('2026-04-21', '2026-06-01', 42), 1);
  assert.equal(daysShortOfNotice('2026-03-01', '2026-06-01', 42), 0);
});
