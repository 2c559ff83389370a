import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyText, readCheckpoint, readKey, readNote, signersOf } from './index.ts';

// C2SP signed-note, sections "Verifier keys" and "Example".
const key = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const signed =
  'This is an example message.\n\n' +
  '\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

test('the published example of a signed note holds', async () => {
  const { logs } = await signersOf(readNote(signed), [readKey(key)]);
  assert.deepEqual(logs.map(keyText), [key]);
});

test('a changed note does not hold, and a note signed by others is signed by nobody we know', async () => {
  const changed = signed.replace('an example', 'another example');
  await assert.rejects(signersOf(readNote(changed), [readKey(key)]), /does not hold/);
  assert.deepEqual(await signersOf(readNote(signed), []), { logs: [], witnesses: [] });
});

test('the published example of a checkpoint is read', () => {
  // C2SP tlog-checkpoint.
  const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  const { origin, size } = readCheckpoint(text);
  assert.deepEqual([origin, size], ['example.com/behind-the-sofa', 20852163]);
});

test('what is not a key, note or checkpoint is refused', () => {
  for (const bad of ['', 'a+b+c', key.replace('530d903a', '530d903b'), `${key}A`, key.slice(0, -4)])
    assert.throws(() => readKey(bad), bad);
  for (const bad of [
    '',
    'text only\n',
    'text\n\nno signature\n',
    signed.slice(0, -1),
    signed.replace('This', '\tThis'),
  ])
    assert.throws(() => readNote(bad), bad);
  const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=';
  for (const bad of [
    '',
    `a\n01\n${root}\n`,
    `a\n-1\n${root}\n`,
    `a\n1\n${root}`,
    `a\n1\nAAAA\n`,
    `\n1\n${root}\n`,
  ])
    assert.throws(() => readCheckpoint(bad), bad);
});
