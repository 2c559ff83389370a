import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { run } from './generate.ts';

const base = mkdtempSync(path.join(os.tmpdir(), 'openics-generate-command-'));
after(() => rmSync(base, { recursive: true, force: true }));

/** What the command says while it runs. */
function listen(t: TestContext): string[] {
  const said: string[] = [];
  for (const method of ['log', 'error'] as const)
    t.mock.method(console, method, (text: string) => said.push(text));
  return said;
}

test('it makes a folder and says what is in it', async (t) => {
  const said = listen(t);
  const out = path.join(base, 'small');
  assert.equal(await run(['--people', '60', '--seed', '3', '--out', out, '--feeds', 'gp,council']), 0);
  const summary = JSON.parse(readFileSync(path.join(out, 'summary.json'), 'utf8')) as {
    sha256: string;
    feeds: string[];
  };
  assert.deepEqual(summary.feeds, ['gp', 'council']);
  assert.ok(said.join('\n').includes(summary.sha256));
  for (const file of ['geography.json', 'organisations.json', 'manifest.json', 'truth.csv'])
    assert.ok(existsSync(path.join(out, file)), file);
});

test('options that make no sense are refused with what would', async () => {
  const out = path.join(base, 'never');
  for (const wrong of [
    ['--people', 'many'],
    ['--people', '0'],
    ['--seed', '-1'],
    ['--until', '2026-02-30'],
    ['--feeds', 'gp,banana'],
    ['--detail', 'some'],
  ])
    await assert.rejects(
      run(['--out', out, wrong.join('=')]),
      { code: 'generate/wrong-option' },
      wrong.join(' '),
    );
  assert.ok(!existsSync(out));
});

test('without a folder it shows how it is used', async (t) => {
  const said = listen(t);
  assert.equal(await run([]), 1);
  assert.match(said.join('\n'), /--out DIR/);
});
