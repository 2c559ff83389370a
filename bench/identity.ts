import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Db } from '../server/platform/db/index.ts';
import { removeDataDir } from '../server/platform/postgres/index.ts';
import { dayOf, generate } from '../server/synthetic/index.ts';
import { writeCases } from './identity/cases.ts';
import { timed, withLoaded, type Stage } from './identity/load.ts';
import { measure, type Measures, type Table } from './identity/measure.ts';
import { readOutcome } from './identity/outcome.ts';
import { identityPage } from './identity/page.ts';
import { biasTables, goalRows, thresholdTable } from './identity/tables.ts';
import { byThreshold } from './identity/threshold.ts';
import { readTruth } from './identity/truth.ts';
import type { BenchOptions } from './options.ts';
import type { Finding } from './report.ts';

const tell = (text: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

const untilDay = '2026-03-31';

/**
 * Makes up a care system, loads what its partners send by the ways they would use, and compares who is who with the truth, which
 * the product never reads.
 */
export async function run(options: BenchOptions): Promise<Finding> {
  const people = options.people ?? options.size ?? 5_000;
  const { seed = 1, detail = 'light' } = options;
  const work = path.join(options.folder, `identity-${people}-${seed}-${detail}`);
  const [folder, dataDir] = [path.join(work, 'feeds'), path.join(work, 'data')];
  removeDataDir(dataDir);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  try {
    tell('make up people and their lives');
    const made = await timed('make up people and their lives', () =>
      generate({ people, seed, until: dayOf(untilDay)!, out: folder, detail }),
    );
    return await withLoaded({ folder, dataDir, tell }, async (db, stages) => {
      tell('measure');
      const found = await measured(db, folder, options.folder);
      return findingOf(options, {
        command: `./openics bench identity --people ${people} --seed ${seed} --detail ${detail}`,
        made: made.result.people.alive,
        sent: made.result.bytes,
        stages: [made.stage, ...stages],
        disk: await diskOf(db),
        ...found,
      });
    });
  } finally {
    removeDataDir(dataDir);
    rmSync(work, { recursive: true, force: true });
  }
}

type Found = { measures: Measures; tables: Table[] };

/** Compares what a database holds with the truth of a folder; leaves a page and cases to read in `out`. */
export async function measured(db: Db, folder: string, out: string): Promise<Found> {
  const truth = await readTruth(folder);
  const outcome = await readOutcome(db, truth);
  const measures = measure(truth, outcome);
  const points = byThreshold(truth, outcome, measures.truePairs);
  const tables = [thresholdTable(points), ...biasTables(measures), ...measures.tables];
  const today = new Date().toISOString().slice(0, 10);
  writeFileSync(path.join(out, 'identity.html'), identityPage(points, [...tables, measures.partners], today));
  await writeCases(db, path.join(out, 'identity-cases.txt'), truth, measures);
  return { measures, tables };
}

async function diskOf(db: Db): Promise<{ whole: number; people: number }> {
  const [row] = await db.query<{ whole: number; people: number }>(
    `select pg_database_size(current_database()) as whole,
            (select sum(pg_total_relation_size(c.oid))
             from pg_class c
             join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'people'
               and c.relkind = 'r')::bigint as people`,
  );
  return row!;
}

type Facts = Found & {
  command: string;
  made: number;
  sent: number;
  stages: Stage[];
  disk: { whole: number; people: number };
};

function findingOf(options: BenchOptions, facts: Facts): Finding {
  const { command, made, sent, stages, disk, measures, tables } = facts;
  const seconds = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const kilobytes = (bytes: number): string => `${(bytes / made / 1024).toFixed(1)} KiB`;
  const times: Table = {
    title: 'Time',
    columns: ['stage', 'seconds', 'processor seconds: program', 'database', 'ms of processor a person'],
    rows: stages.map(({ name, seconds: each, program, database }) => [
      name,
      each,
      program,
      database,
      (1000 * (program + database)) / made,
    ]),
  };
  return {
    name: 'identity',
    command,
    columns: ['what', 'found', 'goal', ''],
    rows: goalRows(measures),
    tables: [times, ...tables],
    notes: [
      `${made.toLocaleString('en-GB')} people live there at the end; partners hold ${measures.records.toLocaleString('en-GB')} records of ${measures.people.toLocaleString('en-GB')} identities. All were sent by MLLP, importer and mapping. ${measures.held} were set aside on arrival and count as missed; ${measures.unheard} more Patients were only named by a merge.`,
      `Pairs are all pairs of records that are one person. Recall with review counts a pair as found when the right answers to the questions that wait would join it. A person whose identity was sealed and begun anew counts as two; ${measures.sealed.asked} questions offer a reviewer the two.`,
      `${seconds.toFixed(0)} s in all, ${((1000 * seconds) / made).toFixed(1)} ms a person. On disk ${(disk.whole / 2 ** 30).toFixed(2)} GiB, ${kilobytes(disk.whole)} a person, of which identity ${kilobytes(disk.people)}; sent were ${kilobytes(sent)} a person.`,
      `The chart and the cases to read: identity.html and identity-cases.txt in ${path.basename(options.folder)} among temporary files.`,
    ],
  };
}
