import { load, type Measured, type Target } from './load/run.ts';
import type { Finding } from './report.ts';
import type { Sample, Shape } from './shapes.ts';

/** A server to be measured, and what it holds. */
export type Subject = { target: Target; sample: Sample };

const rounds = 2;

/**
 * Measures each shape on each server in turn, ours first, in several rounds, so that all meet the same state of the machine.
 * A short warm-up goes before and is not counted.
 */
export async function compare(
  subjects: Subject[],
  shapesOf: (sample: Sample) => Shape[],
  seconds: number,
): Promise<Pick<Finding, 'columns' | 'rows'>> {
  const names = shapesOf(subjects[0]!.sample).map((shape) => shape.name);
  const rows: (string | number)[][] = [];
  for (const [index, name] of names.entries()) {
    const measured: Measured[][] = subjects.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [which, { target, sample }] of subjects.entries()) {
        const shape = shapesOf(sample)[index]!;
        await load(target, { clients: shape.clients, seconds: seconds / 4 }, shape.make);
        const offset = 1_000_000 * (round + 1);
        measured[which]!.push(
          await load(target, { clients: shape.clients, seconds: seconds / rounds }, (n) =>
            shape.make(n + offset),
          ),
        );
      }
    }
    const ours = rate(measured[0]!);
    for (const [which, { target }] of subjects.entries()) {
      const runs = measured[which]!;
      rows.push([
        name,
        target.name,
        rate(runs),
        which === 0 ? '' : rate(runs) === 0 ? 'it answers none' : `${(ours / rate(runs)).toFixed(1)}x`,
        mean(runs, 'p50'),
        mean(runs, 'p95'),
        mean(runs, 'p99'),
        runs.reduce((sum, run) => sum + run.failures, 0),
      ]);
    }
  }
  return {
    columns: ['request', 'server', 'answers/s', 'ours is', 'p50 ms', 'p95 ms', 'p99 ms', 'failed'],
    rows,
  };
}

const rate = (runs: Measured[]): number => runs.reduce((sum, run) => sum + run.perSecond, 0) / runs.length;
const mean = (runs: Measured[], key: 'p50' | 'p95' | 'p99'): number =>
  runs.reduce((sum, run) => sum + run[key], 0) / runs.length;
