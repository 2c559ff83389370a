import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originRefusal, type Origin } from './origin.ts';

const asked = (more: Partial<Origin>): string | undefined =>
  originRefusal({ method: 'POST', host: 'localhost:8080', origin: undefined, fetchSite: undefined, ...more })
    ?.code;

test('a program without a browser may write', () => {
  assert.equal(asked({}), undefined);
  assert.equal(asked({ host: '127.0.0.1:8080' }), undefined);
  assert.equal(asked({ host: '[::1]:8080' }), undefined);
});

test('the pages of OpenICS may write', () => {
  assert.equal(asked({ origin: 'http://localhost:8080', fetchSite: 'same-origin' }), undefined);
});

test('a page of another site may not write, but reading is decided elsewhere', () => {
  assert.equal(asked({ origin: 'https://elsewhere.example' }), 'http/other-site');
  assert.equal(asked({ origin: 'http://localhost:9999' }), 'http/other-site');
  assert.equal(asked({ origin: 'null' }), 'http/other-site');
  assert.equal(asked({ fetchSite: 'cross-site' }), 'http/other-site');
  assert.equal(asked({ method: 'GET', fetchSite: 'cross-site' }), undefined);
});

test('a foreign name that points at this machine is refused, for reading too', () => {
  assert.equal(asked({ method: 'GET', host: 'evil.example' }), 'http/host-refused');
  assert.equal(asked({ method: 'GET', host: undefined }), 'http/host-refused');
});

test('where others are served, the one name they use is let in, and no other', () => {
  const served = 'ics.example';
  assert.equal(asked({ host: 'ICS.example', served, origin: 'https://ics.example' }), undefined);
  assert.equal(asked({ host: 'evil.example', served }), 'http/host-refused');
  assert.equal(
    asked({ host: 'ics.example', served, origin: 'https://elsewhere.example' }),
    'http/other-site',
  );
});

test('a request by a token and without a cookie may come from the page of an app', () => {
  assert.equal(asked({ origin: 'https://app.example', fetchSite: 'cross-site', byToken: true }), undefined);
});
