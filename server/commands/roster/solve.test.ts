import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { makeWard, wardText } from '../../workforce/rosters/index.ts';

const cli = path.resolve(import.meta.dirname, '../../cli.ts');

test('Ctrl-C, even when the signal comes twice, gives the best roster so far, one line a person in file order', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
  try {
    const [file, out] = ['ward.json', 'roster.tsv'].map((name) => path.join(folder, name)) as [
      string,
      string,
    ];
    const ward = makeWard({ staff: 24, weeks: 2, seed: 1 });
    writeFileSync(file, wardText(ward));
    const solver = spawn(process.execPath, [cli, 'roster', 'solve', file, '--time', '300', '--out', out], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    solver.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!text.includes(' best ')) return;
      solver.kill('SIGINT');
      solver.kill('SIGINT');
    });
    const code = await new Promise((resolve) => solver.on('exit', resolve));
    assert.equal(code, 0);
    const lines = readFileSync(out, 'utf8').replace(/\n$/, '').split('\n');
    const people = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'));
    assert.deepEqual(
      people.map(([id]) => id),
      ward.people.map(({ id }) => id),
    );
    assert.ok(people.every((cells) => cells.length === 15));
    assert.ok(
      lines.some((line) => /^# score \d/.test(line)) && lines.some((line) => /^# bound \d/.test(line)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
