import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WhyPart } from '../api/why.ts';
import { becauseWords, keptBack, listed, partWords, saysWords } from './why.ts';

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
    part('results', 'closed', 'may-by-role', 'You may do nothing with results.'),
    part('plans', 'open', ''),
    part('medication', 'closed', 'may-by-role', 'You may do nothing with medication.'),
    part('documents', 'some', 'own-or-agreed'),
  ]);
  assert.deepEqual(
    found.map(({ parts, says, waysOut }) => [parts.map(partWords), says, waysOut]),
    [
      [['test results', 'medicines'], ['You may do nothing with these.'], ['Ask.']],
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

test('a rule is told with its dates in words, and without the address of what shows it', () => {
  assert.equal(
    saysWords('You may: the person is registered with you, since 2026-03-01 (Patient/ada), and so on.'),
    'You may: the person is registered with you, since 1 March 2026, and so on.',
  );
  assert.equal(saysWords('It closes at 14:24:36.'), 'It closes at 14:24.');
  assert.equal(
    saysWords('In your care, as you said (Came to our clinic).'),
    'In your care, as you said (Came to our clinic).',
  );
});

const lets = (who: string): string => `You may, as nurse: “Shared record” lets ${who} share it with you.`;

test('reasons that differ only in who shares are told once', () => {
  assert.deepEqual(
    becauseWords([lets('A Surgery'), 'You broke the glass.', lets('B Hospital'), lets('C Home')]),
    [lets('A Surgery, B Hospital and C Home'), 'You broke the glass.'],
  );
});
