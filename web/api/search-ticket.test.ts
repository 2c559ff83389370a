import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSearch, sealSearch } from './search-ticket.server.ts';

const search = { name: 'Ada Okafor', born: '1950', nhsNumber: '' };

test('a sealed search opens again, and shows nothing of itself', () => {
  const ticket = sealSearch(search);
  assert.match(ticket, /^[\w-]+$/);
  assert.doesNotMatch(Buffer.from(ticket, 'base64url').toString('latin1'), /Ada|Okafor|1950/);
  assert.deepEqual(openSearch(ticket), search);
});

test('the same search sealed twice looks different', () => {
  assert.notEqual(sealSearch(search), sealSearch(search));
});

test('a ticket that was changed, cut or made elsewhere does not open', () => {
  const ticket = sealSearch(search);
  const changed = Buffer.from(ticket, 'base64url');
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  for (const bad of [changed.toString('base64url'), ticket.slice(0, 20), '', 'A'.repeat(100)])
    assert.equal(openSearch(bad), undefined);
});
