import { check } from './roster/check.ts';
import { explainFile } from './roster/explain.ts';
import { price } from './roster/price.ts';
import { solveFile } from './roster/solve.ts';
import { ward } from './roster/ward.ts';

export const summary = 'make, check and explain rosters: roster solve FILE';

const usage = `./openics roster COMMAND

  solve FILE [--time 600] [--threads 2] [--seed 1] [--out FILE] [--from SOLUTION]
      makes the best roster it can in that many seconds, and proves how far from the best it is.
      Ctrl-C gives the best so far. FILE is in our own format, Curtois's or one of the two nurse rostering
      competitions' (for the second: SCENARIO HISTORY WEEK ..., or a name such as n030w4/n030w4_1_6-2-9-1).
  check FILE SOLUTION
      scores a roster with a checker that shares nothing with the solver
  explain FILE SOLUTION --person P --day D [--shift S]
      why does this person not have this shift (or day off) on day D? Days count from 0.
      Without a solution: which rules clash, as a smallest set.
  price FILE [--rule ID] [--time 600] [--threads 2] [--seed 1]
      what fairness and each soft rule cost: what all the rest would save without it. --rule asks for some.
  ward --out FILE [--staff 100] [--weeks 4] [--seed 1]
      makes up a ward in our own format

docs/rostering.md says how it works.`;

const commands: Record<string, (args: string[]) => Promise<number> | number> = {
  solve: solveFile,
  check,
  explain: explainFile,
  price,
  ward,
};

export async function run([name = '--help', ...args]: string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(name) || args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const command = commands[name];
  if (command !== undefined) return command(args);
  console.error(`There is no command "roster ${name}".\n\n${usage}`);
  return 2;
}
