import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';
import { chosen, isForPeers, nameOf } from './roster/instances.ts';
import { cpSat, ours, timefold, type Budget, type Solver } from './roster/solvers.ts';
import { Outcomes } from './roster/table.ts';
import { measureWard } from './roster/ward.ts';

const docs = path.resolve(import.meta.dirname, '../docs/rosters');

/**
 * Solves the shared instances, each with our engine and then with the peers asked for, for the same time on the same
 * cores. Every score is the independent checker's. `only` holds names of instances, or `ward` for the made-up ward; what was
 * found of others before is kept. `resume` leaves out whatever was found before. With `keep` it goes on with what docs/rosters holds: a whole
 * table takes longer than a machine may be there.
 */
export async function run(options: BenchOptions): Promise<Finding> {
  const { seconds, processor, threads = 2, seed = 1, only = [], resume = false } = options;
  const folder = path.join(options.folder, 'roster');
  mkdirSync(folder, { recursive: true });
  const budget: Budget = { seconds, processor, threads, seed };
  const peers = peersOf(options, folder);
  const limit = processor === undefined ? `${seconds}s` : `${processor}cpu`;
  const kept = options.keep ? docs : folder;
  mkdirSync(kept, { recursive: true });
  const outcomes = new Outcomes(path.join(kept, `found-${limit}-${threads}-${seed}.json`), {
    resume: resume || options.keep || only.length > 0,
  });
  const isWardAlone = only.length > 0 && only.every((name) => name === 'ward');
  for (const file of isWardAlone ? [] : chosen(only).slice(0, options.size)) {
    const name = nameOf(file);
    for (const solver of isForPeers(file) ? [ours, ...peers] : [ours]) {
      if (resume && outcomes.of(name, solver.name) !== undefined) continue;
      const outcome = await solver.solve(file, path.join(folder, `${name}.${solver.name}.tsv`), budget);
      outcomes.keep(name, solver.name, outcome);
      const { score, bound, wall, processor: used } = outcome;
      console.log(
        [name, solver.name, score, bound ?? '', wall.toFixed(1), used.toFixed(1), stamp()].join('\t'),
      );
    }
  }
  if ((only.length === 0 || only.includes('ward')) && !(resume && outcomes.ward !== undefined))
    outcomes.keepWard(
      await measureWard(path.join(folder, 'ward'), {
        seconds: 180,
        threads,
        seed,
        byProcessor: processor !== undefined,
      }),
    );
  const tables = [
    outcomes.families(),
    outcomes.ward,
    ...(options.keep ? otherTables(kept, limit, `-${threads}-${seed}.json`) : []),
  ].filter((table) => table !== undefined);
  return {
    name: 'roster',
    command: commandOf(options),
    ...outcomes.table(),
    notes: [
      `Seed ${seed}, ${threads === 1 ? 'one thread' : `${threads} threads`}, ${processor === undefined ? `${seconds} wall seconds` : `${processor} processor seconds`} for each instance and solver, one after the other.`,
      'Each line was measured in one run, ours and then the peers; on which day, the table says. The machine above is that of the newest lines; older ones are of machines like it.',
      'Scores are of the checker, which shares no code with the engine. "None": no legal roster in the time.',
      'INRC-II is solved week by week, without knowing the weeks to come, so it has no bound; peers are not given it. Its best known is that of all weeks known at once.',
      ...outcomes.peers.map((peer) => outcomes.against(peer)),
    ],
    ...(tables.length === 0 ? {} : { tables }),
  };
}

/** What was kept of other times for each instance, on as many threads and with the same seed. */
function otherTables(folder: string, limit: string, ending: string): NonNullable<Finding['tables']> {
  const files = readdirSync(folder).filter((name) => name.startsWith('found-') && name.endsWith(ending));
  return files.toSorted().flatMap((name) => {
    const other = name.slice('found-'.length, -ending.length);
    if (other === limit) return [];
    const outcomes = new Outcomes(path.join(folder, name), { resume: true });
    const against = outcomes.peers.map((peer) => outcomes.against(peer));
    return [
      { title: [`With ${other} for each instance and solver.`, ...against].join(' '), ...outcomes.table() },
    ];
  });
}

const stamp = (): string => new Date().toISOString().slice(11, 19);

function peersOf({ python, programs = [] }: BenchOptions, folder: string): Solver[] {
  return programs.flatMap((name) =>
    name === 'cp-sat'
      ? [cpSat(python ?? 'python3')]
      : name === 'timefold'
        ? [timefold(path.join(folder, name))]
        : [],
  );
}

function commandOf({ seconds, processor, threads, seed, only = [], programs = [] }: BenchOptions): string {
  return [
    './openics bench roster',
    processor === undefined ? `--seconds ${seconds}` : `--processor ${processor}`,
    ...(threads === undefined ? [] : [`--threads ${threads}`]),
    ...(seed === undefined ? [] : [`--seed ${seed}`]),
    ...(only.length === 0 ? [] : [`--only ${only.join(',')}`]),
    ...programs.map((name) => `--peer ${name}${name === 'cp-sat' ? ' --python PYTHON' : ''}`),
  ].join(' ');
}
