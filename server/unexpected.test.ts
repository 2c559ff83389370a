import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellUnexpected } from './unexpected.ts';

test('the operating log tells reference, kind, code and place of an error, and no word of its message', (t) => {
  const lines: string[] = [];
  t.mock.method(console, 'error', (text: string) => void lines.push(text));
  const cause = Object.assign(new Error('certificate of 9990000018'), { code: 'CERT_HAS_EXPIRED' });
  const error = new TypeError('Ada Okafor, 9990000018, could not be stored\nat home', { cause });
  Object.assign(error, { code: 'ada@example.org' });
  tellUnexpected('0198a000', error);
  tellUnexpected('0198a001', 'Ada Okafor');
  const [first = '', second = ''] = lines;
  assert.match(first, /^Unexpected TypeError CERT_HAS_EXPIRED, reference 0198a000\n/);
  assert.match(first, /\n {4}at .*unexpected\.test\.ts:\d+/);
  assert.doesNotMatch(first + second, /Ada|9990000018|example\.org/);
  assert.match(second, /^Unexpected string, reference 0198a001/);
});
