import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { sharedData } from '../../../test/support/shared-data.ts';
import { checkSolution, inrc2Files, readStages, solveStages, writeRoster } from './index.ts';

const { path: folder, skip } = sharedData('rostering/inrc2');

test(
  'a scenario of INRC-II is legal week by week, and scored as the checker scores it',
  { skip },
  async () => {
    const files = inrc2Files(path.join(folder, 'n030w4/n030w4_1_6-2-9-1'));
    const staged = readStages(files);
    const found = await solveStages(staged, { seconds: 16 });
    assert.ok(!('impossible' in found));
    assert.ok(found.isLegal);
    const place = mkdtempSync(path.join(tmpdir(), 'openics-roster-'));
    try {
      const solution = path.join(place, 'solution.tsv');
      writeFileSync(solution, writeRoster(staged.whole, found.roster, []));
      const verdict = checkSolution(files, solution);
      assert.deepEqual(verdict.breaches, []);
      assert.equal(verdict.score.total, found.cost);
    } finally {
      rmSync(place, { recursive: true });
    }
  },
);
