import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeAccount } from './second-wall.ts';

const state = { exists: true, ownerMayMake: true, ownerIsSuperuser: false, excess: [], lacks: [] };

test('the account behind the second wall is there, or can be made, or it is said what to do', () => {
  assert.equal(judgeAccount('ics_run', state, false).state, 'good');
  assert.equal(judgeAccount('ics_run', { ...state, exists: false }, false).state, 'good');
  assert.equal(judgeAccount('ics_run', { ...state, ownerMayMake: false }, true).state, 'good');
  const missing = judgeAccount('ics_run', { ...state, exists: false, ownerMayMake: false }, false);
  assert.equal(missing.state, 'wrong');
  assert.match(missing.wayOut!, /create role ics_run login nosuperuser/);
  assert.equal(judgeAccount('ics_run', { ...state, exists: false }, true).state, 'wrong');
  assert.equal(judgeAccount('ics_run', { ...state, ownerMayMake: false }, false).state, 'wrong');
});

test('an account with rights of its own is wrong', () => {
  const { state: judged, text } = judgeAccount('ics_run', { ...state, excess: ['bypassrls'] }, false);
  assert.equal(judged, 'wrong');
  assert.match(text, /bypassrls/);
});

test('an account that writes and lacks what it needs is wrong, unless the next start gives it', () => {
  const lacking = { ...state, lacks: ['pg_read_all_stats'] };
  assert.equal(judgeAccount('ics_writer', lacking, false, 'writer').state, 'good');
  const kept = judgeAccount('ics_writer', lacking, true, 'writer');
  assert.equal(kept.state, 'wrong');
  assert.match(
    kept.wayOut!,
    /create role ics_writer login nosuperuser bypassrls .* in role pg_read_all_stats/,
  );
});
