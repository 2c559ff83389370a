import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dutiesOf } from '../checker/own/duty.ts';
import { judge } from '../checker/own/judge.ts';
import { packsFor, problemOf, readRosterFile } from '../format/index.ts';
import { labelledCases } from './cases.fixture.ts';
import { evaluate } from './evaluate.ts';

const cases = labelledCases();

test('there are at least 200 labelled cases, and each rule that forbids something has one legal and one not', () => {
  assert.ok(cases.length >= 200, `${cases.length} cases`);
  for (const pack of ['wtr-1998', 'resident-doctors-2016', 'resident-doctors-2019', 'ward-policy-example']) {
    const file = cases.find(({ file: each }) => each.contracts[0]!.packs[0] === pack)!.file;
    for (const { id, kind } of packsFor(file).get(pack)!.rules) {
      if (kind === 'notice') continue;
      for (const isLegal of [true, false])
        assert.ok(
          cases.some((each) => each.rule === id && each.isLegal === isLegal),
          `${id} has no case that is ${isLegal ? 'legal' : 'a breach'}`,
        );
    }
  }
});

for (const { rule: id, isLegal, name, file, cells } of cases) {
  test(name, () => {
    const read = readRosterFile(JSON.stringify(file), 'case.json');
    const problem = problemOf(read);
    const choices = cells.map((cell) => problem.duties.findIndex((duty) => duty.id === cell));
    const found = evaluate(problem.people[0]!, choices).filter((each) => each.id === id);
    assert.equal(found.length === 0, isLegal, 'by the compiled rules');

    const pack = packsFor(read).get(read.contracts[0]!.packs[0]!)!;
    const person = read.people[0]!;
    const duties = dutiesOf(read, person, cells);
    const rule = pack.rules.find((each) => each.id === id)!;
    const judged = judge({ file: read, person, rule, classes: pack.classes, duties });
    assert.equal(judged.length === 0, isLegal, 'by the checker');
  });
}
