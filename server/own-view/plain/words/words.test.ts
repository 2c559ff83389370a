import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditions, findWords, medicines, tests } from './index.ts';
import { readingAge } from '../../../../test/support/reading-age.ts';

const all = [...tests, ...conditions, ...medicines].map(([, says]) => says);

/** A reader of 11 reads them. Source: NHS digital service manual, "aim for a reading age of 9 to 11". */
const oldest = 11;

test('every explanation is for a reader of 9 to 11, taken together and almost always one by one', () => {
  assert.ok(readingAge(all.join(' ')) <= oldest, `together ${readingAge(all.join(' ')).toFixed(1)}`);
  const hard = all.filter((says) => readingAge(says) > oldest + 1.5);
  assert.deepEqual(hard, []);
});

test('the measure of reading age knows easy from hard', () => {
  assert.ok(readingAge('The cat sat on the mat. It was a good cat.') < 8);
  assert.ok(
    readingAge(
      'Hyperglycaemia necessitates comprehensive pharmacological interventions and continual monitoring.',
    ) > 15,
  );
});

test('each says one thing or two, in short sentences', () => {
  for (const says of all) {
    const sentences = says.split(/(?<=[.!?])\s+/);
    assert.ok(sentences.length <= 3, says);
    for (const sentence of sentences) assert.ok(sentence.split(/\s+/).length <= 20, sentence);
  }
});

test('names as laboratories and practices write them are known', () => {
  assert.match(findWords(tests, 'Serum cholesterol level')!, /fat in your blood/);
  assert.match(findWords(tests, 'eGFR (estimated glomerular filtration rate) using creatinine')!, /kidneys/);
  assert.match(findWords(tests, 'HDL cholesterol')!, /good kind/);
  assert.match(findWords(conditions, 'Type 2 diabetes mellitus')!, /too much sugar/);
  assert.match(findWords(conditions, 'Diabetes mellitus type 1')!, /insulin/);
  assert.match(findWords(medicines, 'Atorvastatin 20mg tablets')!, /fat in your blood/);
  assert.equal(findWords(conditions, 'A name nobody knows'), undefined);
});
