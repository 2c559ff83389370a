import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureWords } from './measures.ts';

test('a result keeps the digits that were sent', () => {
  for (const text of ['71.50 kg', '0.9', '<5 mg/L', '1:40', '123456.7', 'Positive'])
    assert.equal(measureWords({ text }), text);
});

test('digits that only a calculator makes are shortened', () => {
  assert.equal(measureWords({ text: '158.66349351292294/95.96966219640271 mmHg' }), '158.7/95.97 mmHg');
  assert.equal(measureWords({ text: '0.0091234567891 mmol/L' }), '0.009123 mmol/L');
  assert.equal(measureWords({ text: '123456.789123 /L' }), '123457 /L');
});
