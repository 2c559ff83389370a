import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { shippedPolicy } from '../policy/read.ts';
import { agreements, board } from '../scenarios/parties.fixture.ts';
import { asvsFaults, type AsvsAnswers } from './asvs.ts';
import { registerOfProcessing, sensitivityTable, unconfirmed } from './processing.ts';
import { asvsText } from './write.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const answers = JSON.parse(readFileSync(path.join(root, 'docs/security/asvs.json'), 'utf8')) as AsvsAnswers;

const read = (file: string): string | undefined =>
  existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : undefined;

test('what is called met has a proof, and each proof is where it is said to be', () => {
  assert.deepEqual(asvsFaults(answers, read), []);
});

test('a proof that is gone is found', () => {
  const wrong: AsvsAnswers = {
    standard: 'a standard',
    answers: [
      { id: 'A', state: 'met', note: '', proof: [] },
      { id: 'B', state: 'met', note: '', proof: [{ file: 'gone.ts' }] },
      { id: 'C', state: 'met', note: '', proof: [{ file: 'there.ts', holds: 'these words' }] },
      { id: 'D', state: 'planned', note: '', proof: [{ file: 'there.ts' }] },
    ],
  };
  const faults = asvsFaults(wrong, (file) => (file === 'there.ts' ? 'other words' : undefined));
  assert.deepEqual(faults, [
    'A is met with 0 proofs',
    'B: there is no gone.ts',
    'C: there.ts does not hold “these words”',
    'D is planned with 1 proofs',
  ]);
});

test('the page says what the answers say', () => {
  assert.equal(readFileSync(path.join(root, 'docs/security/asvs.md'), 'utf8'), asvsText());
});

const asvs = sharedData('asvs');
test('every requirement of levels 1 and 2 is answered once', { skip: asvs.skip }, () => {
  const lines = readFileSync(path.join(asvs.path, 'asvs_5.0.0_en.csv'), 'utf8').split(/\r?\n/);
  const wanted = lines.flatMap((line) => {
    const id = /,(V\d+\.\d+\.\d+),/.exec(line)?.[1];
    return id !== undefined && /,[12]$/.test(line) ? [id] : [];
  });
  assert.equal(wanted.length, 253);
  assert.deepEqual(
    answers.answers.map(({ id }) => id),
    wanted,
  );
});

test('the register of processing has a line for each agreement, with parties by name', () => {
  const text = registerOfProcessing(agreements, (id) =>
    id === 'doggerland-system' ? board.name : undefined,
  );
  assert.equal(text.split('\n').length, agreements.length + 2);
  assert.match(text, /Tide Study \| NHS Doggerland; university \| HRESCH \|/);
});

test('the table of sensitive information has a line for each label', () => {
  const { labels } = shippedPolicy();
  assert.equal(sensitivityTable(shippedPolicy()).split('\n').length, labels.length + 2);
});

test('what nobody confirmed is listed with its source', () => {
  const list = unconfirmed(shippedPolicy());
  assert.ok(list.some(({ place, name }) => place === 'proxy' && name === 'parent from 12'));
  assert.ok(!list.some(({ name }) => name === 'found-by-place'));
  assert.ok(list.every(({ source }) => source.length > 0));
});
