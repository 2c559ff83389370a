import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { Chance, checkSolution, explain, inrc2Files, readStages, solveStages, writeRoster } from './index.ts';

const { path: folder, skip } = sharedData('rostering/inrc2');

test(
  'two weeks of a scenario of INRC-II are legal week by week, and single edits are judged and priced as the checker does',
  { skip },
  async () => {
    const files = inrc2Files(path.join(folder, 'n030w4/n030w4_1_6-2'));
    const staged = readStages(files);
    const found = await solveStages(staged, { seconds: 240, turns: 0 });
    assert.ok(!('impossible' in found));
    assert.ok(found.isLegal);
    const place = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
    try {
      const solution = path.join(place, 'solution.tsv');
      writeFileSync(solution, writeRoster(staged.whole, found.roster, []));
      const verdict = checkSolution(files, solution);
      assert.deepEqual(verdict.breaches, []);
      assert.equal(verdict.score.total, found.cost);
      const chance = new Chance(1);
      const { people, days, duties } = staged.whole;
      for (let turn = 0; turn < 60; turn++) {
        const edit = {
          person: chance.between(0, people.length - 1),
          day: chance.between(0, days - 1),
          choice: chance.between(0, duties.length - 1),
        };
        const said = explain(staged.whole, found.roster, edit);
        const edited = found.roster.map((mine) => mine.slice());
        (edited[edit.person] as Uint8Array)[edit.day] = edit.choice;
        writeFileSync(solution, writeRoster(staged.whole, edited, []));
        const after = checkSolution(files, solution);
        assert.equal(said.verdict.isLegal, after.breaches.length === 0, said.text);
        if (said.verdict.isLegal)
          assert.equal(said.verdict.cost, after.score.total - verdict.score.total, said.text);
      }
    } finally {
      rmSync(place, { recursive: true });
    }
  },
);
