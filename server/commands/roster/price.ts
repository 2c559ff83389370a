import { parseArgs } from 'node:util';
import { priceOf, softRules, solve, type Price } from '../../workforce/rosters/index.ts';
import { Problem } from '../../platform/errors.ts';
import { numberIn, problemIn } from './options.ts';

/** Says what each soft rule costs all the rest; the time is shared between the roster with all rules and those without one. */
export async function price(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rule: { type: 'string', multiple: true, default: [] },
      time: { type: 'string', default: '600' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
    },
  });
  const problem = problemIn(positionals);
  const all = softRules(problem);
  const asked = values.rule.length === 0 ? all : all.filter(({ id }) => values.rule.includes(id));
  if (asked.length < values.rule.length || asked.length === 0)
    throw new Problem('roster/wrong-option', 400, 'There is no such soft rule in the problem.', {
      wayOut: `Soft here: ${all.map(({ id }) => id).join(', ') || 'nothing'}.`,
    });
  const options = {
    seconds: numberIn('time', values.time, 1) / (asked.length + 1),
    threads: numberIn('threads', values.threads, 1, 64),
    seed: numberIn('seed', values.seed, 0),
  };
  const kept = await solve(problem, options);
  if ('impossible' in kept) {
    console.error('No roster was found. Ask roster explain FILE.');
    return 1;
  }
  console.log(`With all rules the best roster found costs ${rounded(kept.cost)}.`);
  for (const { id, words, people } of asked) {
    const found = await priceOf(problem, [id], options, kept);
    if (found !== undefined) console.log(lineOf(id, words, people, found));
  }
  return 0;
}

const rounded = (cost: number): number => Math.round(cost * 100) / 100;

function lineOf(id: string, words: string, people: number, { paid, price: saved, isProven }: Price): string {
  const effect =
    saved < 0.005
      ? 'without it, nothing cheaper was found'
      : `without it, everything else would cost ${rounded(saved)} less`;
  const sure = isProven ? 'proven' : 'as far as was found';
  return `  ${id} (${people} people): ${words}\n    ${rounded(paid)} is paid for breaking it; ${effect} (${sure}).`;
}
