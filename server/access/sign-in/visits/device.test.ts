import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { deviceOf } from './device.ts';

test('a browser is called by the two names its owner knows', () => {
  const said: [string, string | undefined][] = [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0',
      'Firefox on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1 (KHTML) Version/19.1 Mobile Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['curl/8.5.0', undefined],
    ['', undefined],
  ];
  for (const [agent, device] of said) assert.equal(deviceOf(agent), device, agent);
  assert.equal(deviceOf(undefined), undefined);
});

test('whatever a browser says of itself, only known words are kept', () => {
  fc.assert(
    fc.property(fc.string(), (agent) => {
      assert.match(deviceOf(agent) ?? 'Mac', /^[A-Za-z ]{3,40}$/);
    }),
  );
});
