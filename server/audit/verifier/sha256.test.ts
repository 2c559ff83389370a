import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sha256, toHex, utf8 } from './index.ts';

test('SHA-256 gives the published answers', () => {
  // FIPS 180-4 examples by NIST, "SHA256.pdf": one block, two blocks; and the empty message.
  assert.equal(
    toHex(sha256(utf8('abc'))),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  assert.equal(
    toHex(sha256(utf8('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))),
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
  assert.equal(
    toHex(sha256(new Uint8Array(0))),
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('SHA-256 agrees with OpenSSL on messages of any length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      assert.equal(toHex(sha256(message)), hash('sha256', message, 'hex'));
    }),
  );
});
