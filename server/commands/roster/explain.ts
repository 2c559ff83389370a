import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '../../platform/errors.ts';
import { clash, explain, readSolution } from '../../workforce/rosters/index.ts';
import { mustExist, problemIn } from './options.ts';

/** Answers "why not?", or without a solution file says which rules clash. */
export async function explainFile(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { person: { type: 'string' }, day: { type: 'string' }, shift: { type: 'string', default: '' } },
  });
  const hasSolution = values.person !== undefined || positionals.length === 2;
  const problem = problemIn(hasSolution ? positionals.slice(0, -1) : positionals);
  if (!hasSolution) {
    const found = await clash(problem);
    if (found === undefined)
      console.log('No clash was found: as far as we can tell these rules can hold together.');
    else {
      console.log(
        found.isSmallest
          ? 'These cannot hold together. Take away any one of them, and the others can:'
          : 'These cannot hold together. There was no time to find out which of them are needed for that:',
      );
      for (const { person, words } of found.clauses)
        console.log(`  - ${person === undefined ? '' : `${person} `}${words}`);
    }
    return 0;
  }
  const solution = mustExist(positionals.at(-1), 'solution');
  const roster = readSolution(problem, readFileSync(solution, 'utf8'), path.basename(solution));
  const person = problem.people.findIndex(({ id }) => id === values.person);
  const choice = problem.duties.findIndex(({ id }) => id === values.shift);
  const day = Number(values.day);
  if (person < 0 || choice < 0 || !Number.isInteger(day) || day < 0 || day >= problem.days)
    throw new Problem('roster/wrong-option', 400, '--person, --day or --shift is not in the problem.', {
      wayOut: `Give a person, a day from 0 to ${problem.days - 1}, and one of the shifts ${problem.duties
        .slice(1)
        .map(({ id }) => id)
        .join(', ')} (nothing for a day off).`,
    });
  console.log(explain(problem, roster, { person, day, choice }).text);
  return 0;
}
