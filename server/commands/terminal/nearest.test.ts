import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from './nearest.ts';

const commands = ['start', 'test', 'check', 'import', 'restore'];

test('a slip of the finger finds the command that was meant', () => {
  assert.equal(nearest('strat', commands), 'start');
  assert.equal(nearest('imports', commands), 'import');
  assert.equal(nearest('chekc', commands), 'check');
});

test('a word unlike any command finds none', () => {
  assert.equal(nearest('xylophone', commands), undefined);
});
