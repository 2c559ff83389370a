import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Finding } from '../report.ts';
import { allWeeksKnown, bestKnown, bestOfNineTeams } from './instances.ts';
import { ourName, type Outcome } from './outcome.ts';

type Table = NonNullable<Finding['tables']>[number];

/** An outcome, and the day of it. */
type Kept = Outcome & { day: string };

/** What was found so far: by instance and solver, and for the made-up ward. */
type Found = { instances: Record<string, Record<string, Kept>>; ward?: Table };

/** What was found so far, kept in a file so that a later run can go on. */
export class Outcomes {
  readonly #file: string;
  readonly #found: Found;

  constructor(file: string, { resume }: { resume: boolean }) {
    this.#file = file;
    this.#found =
      resume && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Found) : { instances: {} };
  }

  of(instance: string, solver: string): Kept | undefined {
    return this.#found.instances[instance]?.[solver];
  }

  keep(instance: string, solver: string, outcome: Outcome): void {
    const day = new Date().toISOString().slice(0, 10);
    (this.#found.instances[instance] ??= {})[solver] = { ...outcome, day };
    this.#write();
  }

  get ward(): Table | undefined {
    return this.#found.ward;
  }

  keepWard(ward: Table): void {
    this.#found.ward = ward;
    this.#write();
  }

  #write(): void {
    const unfinished = `${this.#file}.part`;
    writeFileSync(unfinished, `${JSON.stringify(this.#found, null, 2)}\n`);
    renameSync(unfinished, this.#file);
  }

  get instances(): string[] {
    return Object.keys(this.#found.instances).toSorted(byNumber);
  }

  /** Which other solvers were run. */
  get peers(): string[] {
    const names = this.instances.flatMap((name) => Object.keys(this.#found.instances[name] ?? {}));
    return [...new Set(names)].filter((name) => name !== ourName).toSorted();
  }

  /** A row for each instance; our columns first, then those of each peer. */
  table(): Pick<Finding, 'columns' | 'rows'> {
    const { peers } = this;
    return {
      columns: [
        'instance',
        'best known',
        'score',
        'above best',
        'bound',
        'below best',
        'day',
        'wall s',
        'processor s',
        ...peers.flatMap((peer) => [`${peer} score`, `${peer} bound`, `${peer} processor s`]),
      ],
      rows: this.instances.map((name) => this.#row(name, peers)),
    };
  }

  #row(name: string, peers: readonly string[]): (string | number)[] {
    const best = bestKnown.get(name) ?? allWeeksKnown.get(name);
    const mine = this.of(name, ourName);
    return [
      name,
      best ?? '',
      mine?.score ?? '',
      typeof mine?.score === 'number' ? apart(mine.score, best) : '',
      mine?.bound ?? '',
      apart(best, mine?.bound),
      mine?.day ?? '',
      whole(mine?.wall),
      whole(mine?.processor),
      ...peers.flatMap((peer) => {
        const theirs = this.of(name, peer);
        return [theirs?.score ?? '', theirs?.bound ?? '', whole(theirs?.processor)];
      }),
    ];
  }

  /** The families of INRC-II of which both named instances were solved, beside the best of the competition. */
  families(): Table | undefined {
    const rows = [...bestOfNineTeams].flatMap(([family, theirs]): (string | number)[][] => {
      const scores = this.instances
        .filter((name) => name.startsWith(`${family}_`))
        .map((name) => this.of(name, ourName)?.score);
      const sum = scores.reduce<number>(
        (all, score) => all + (typeof score === 'number' ? score : Infinity),
        0,
      );
      return scores.length < 2
        ? []
        : [[family, String(sum), theirs, `${((100 * (sum - theirs)) / theirs).toFixed(1)}%`]];
    });
    return rows.length === 0
      ? undefined
      : {
          title: 'INRC-II, two instances of a family together, week by week',
          columns: ['family', 'score', 'best of nine teams in the competition', 'ours above it'],
          rows,
        };
  }

  /** How often ours is better, level and worse than a peer, where both were run. */
  against(peer: string): string {
    const signs = this.instances.flatMap((name) => {
      const [mine, theirs] = [this.of(name, ourName), this.of(name, peer)];
      return mine === undefined || theirs === undefined ? [] : [compare(valueOf(mine), valueOf(theirs))];
    });
    const count = (sign: number): number => signs.filter((each) => each === sign).length;
    return `Against ${peer} on ${signs.length} instances: better on ${count(-1)}, level on ${count(0)}, worse on ${count(1)}.`;
  }
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

const valueOf = ({ score }: Outcome): number => (typeof score === 'number' ? score : Infinity);

const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1);

const whole = (seconds: number | undefined): string => (seconds === undefined ? '' : seconds.toFixed(0));

const apart = (high: number | undefined, low: number | undefined): string =>
  high === undefined || low === undefined || low === 0 ? '' : `${((100 * (high - low)) / low).toFixed(2)}%`;
