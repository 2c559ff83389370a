import { parseArgs } from 'node:util';
import { checkSolution } from '../../workforce/rosters/index.ts';
import { mustExist } from './options.ts';

/** Scores a roster; the exit code is 1 where it breaks a hard rule. */
export function check(args: string[]): number {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const solution = mustExist(positionals.at(-1), 'solution');
  const files = positionals.slice(0, -1);
  const verdict = checkSolution(files.length === 1 ? (files[0] ?? '') : files, solution);
  for (const { person, day, rule, text } of verdict.breaches) {
    const where = [person, day === undefined ? undefined : `day ${day}`].filter((part) => part !== undefined);
    console.log(`breach of ${rule}${where.length === 0 ? '' : ` (${where.join(', ')})`}: ${text}`);
  }
  for (const [part, cost] of Object.entries(verdict.score.parts)) console.log(`${part.padEnd(28)} ${cost}`);
  console.log(`${'score'.padEnd(28)} ${verdict.score.total}`);
  console.log(verdict.breaches.length === 0 ? 'Legal.' : `Not legal: ${verdict.breaches.length} breaches.`);
  return verdict.breaches.length === 0 ? 0 : 1;
}
