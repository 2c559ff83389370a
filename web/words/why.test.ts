import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WhyPart } from '../api/why.ts';
import { keptBack, listed, partWords } from './why.ts';

const part = (name: string, state: WhyPart['state'], rule: string, says = `says ${rule}`): WhyPart => ({
  kind: 'class',
  name,
  words: null,
  state,
  mayBreak: false,
  reasons: state === 'open' ? [] : [{ rule, says, wayOut: 'Ask.' }],
});

test('what the same rule keeps back is told once, with the ways to ask once', () => {
  const found = keptBack([
    part('results', 'closed', 'may-by-role', 'Not results.'),
    part('plans', 'open', ''),
    part('medication', 'closed', 'may-by-role', 'Not medication.'),
    part('documents', 'some', 'own-or-agreed'),
  ]);
  assert.deepEqual(
    found.map(({ parts, says, waysOut }) => [parts.map(partWords), says, waysOut]),
    [
      [['test results', 'medicines'], ['Not results.', 'Not medication.'], ['Ask.']],
      [['letters and documents'], ['says own-or-agreed'], ['Ask.']],
    ],
  );
});

test('words are listed as they are said', () => {
  assert.deepEqual(
    [listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])],
    ['', 'a', 'a and b', 'a, b and c'],
  );
});
