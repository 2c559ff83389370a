/** How well the product found out who is who. Pure. */
import { forEachPair, gathered, Joining } from './joining.ts';
import type { Outcome, Question } from './outcome.ts';
import { groupNames, partnerKind, type GroupName, type TrueRecord } from './truth.ts';

export type Measures = {
  records: number;
  people: number;
  /** Pairs of records of one person in truth, and those that were found. */
  truePairs: number;
  automatic: { found: number; right: number };
  /** True pairs found after each question is answered rightly. */
  reviewed: number;
  /** Records that were set aside on arrival, and Patients that only a merge message named. */
  held: number;
  unheard: number;
  questions: number;
  /** Questions of which a right answer joins two records. */
  fruitful: number;
  /** Pairs of two identities of one person that were joined, or would be by a reviewer who is not told. */
  sealed: { joined: number; asked: number };
  tables: Table[];
  /** Missed and wrong pairs by kinds of partner: one row for each two kinds. */
  partners: Table;
  groups: Map<GroupName, Group[]>;
  wrong: Pair[];
  missed: Pair[];
  asked: Question[];
};

export type Pair = readonly [a: number, b: number];
export type Table = { title: string; columns: string[]; rows: (string | number)[][] };
/** A group of people: its true pairs, those found at all, and those found without a reviewer. */
export type Group = { name: string; pairs: number; found: number; automatic: number };

export function measure(truth: readonly TrueRecord[], outcome: Outcome): Measures {
  const identity = Int32Array.from(truth, (record) => record.identity);
  const automatic = new Joining(identity);
  const reviewed = new Joining(identity);
  for (const records of gathered(outcome.person))
    for (const record of records.slice(1)) {
      automatic.join(records[0]!, record);
      reviewed.join(records[0]!, record);
    }
  let fruitful = 0;
  for (const { candidates } of outcome.questions) {
    const right = candidates.find(({ a, b }) => automatic.isTrue(a, b));
    if (right === undefined) continue;
    fruitful++;
    reviewed.join(right.a, right.b);
  }
  const missed: Pair[] = [];
  const tally = new Tally(truth);
  const ofIdentity = gathered(identity);
  for (const records of ofIdentity)
    forEachPair(records, (a, b) => {
      const [isFound, isAutomatic] = [reviewed.areTogether(a, b), automatic.areTogether(a, b)];
      tally.addTrue(a, b, isFound, isAutomatic);
      if (!isFound) missed.push([a, b]);
    });
  const wrong: Pair[] = [];
  for (const records of gathered(outcome.person)) {
    if (automatic.peopleWith(records[0]!) === 1) continue;
    forEachPair(records, (a, b) => {
      if (automatic.isTrue(a, b)) return;
      wrong.push([a, b]);
      tally.addWrong(a, b);
    });
  }
  const isSealed = (a: number, b: number): boolean =>
    truth[a]!.person === truth[b]!.person && truth[a]!.identity !== truth[b]!.identity;
  return {
    records: truth.length,
    people: ofIdentity.length,
    truePairs: tally.pairs,
    automatic: { found: automatic.found, right: automatic.right },
    reviewed: tally.found,
    held: outcome.held,
    unheard: outcome.unheard,
    questions: outcome.questions.length,
    fruitful,
    sealed: {
      joined: wrong.filter(([a, b]) => isSealed(a, b)).length,
      asked: outcome.questions.filter(({ candidates }) => candidates.some(({ a, b }) => isSealed(a, b)))
        .length,
    },
    partners: tally.partners(),
    tables: [...tally.tables(), questionTable(outcome, automatic)],
    groups: tally.groups,
    wrong,
    missed,
    asked: outcome.questions,
  };
}

type Counts = Group & { wrong: number };

class Tally {
  readonly #truth: readonly TrueRecord[];
  readonly groups = new Map<GroupName, Group[]>(groupNames.map((name) => [name, []]));
  readonly #byError = new Map<string, Counts>();
  readonly #byPartners = new Map<string, Counts>();
  readonly #byScenario = new Map<string, Counts>();
  readonly #groupCounts = new Map<string, Group>();
  pairs = 0;
  found = 0;

  constructor(truth: readonly TrueRecord[]) {
    this.#truth = truth;
  }

  addTrue(a: number, b: number, isFound: boolean, isAutomatic: boolean): void {
    this.pairs++;
    if (isFound) this.found++;
    for (const counts of [...this.#countsOf(a, b), ...this.#groupsOf(a)]) {
      counts.pairs++;
      if (isFound) counts.found++;
      if (isAutomatic) counts.automatic++;
    }
  }

  addWrong(a: number, b: number): void {
    for (const counts of this.#countsOf(a, b)) counts.wrong++;
  }

  #countsOf(a: number, b: number): Counts[] {
    const [one, other] = [this.#truth[a]!, this.#truth[b]!];
    const errors = new Set([...one.errors, ...other.errors]);
    if (errors.size > 1) errors.delete('none');
    const kinds = [partnerKind(one.partner), partnerKind(other.partner)].sort().join(' and ');
    const scenarios = new Set([one.scenario, other.scenario]);
    return [
      ...[...errors].map((error) => entry(this.#byError, error)),
      entry(this.#byPartners, kinds),
      ...[...scenarios].map((scenario) => entry(this.#byScenario, scenario)),
    ];
  }

  #groupsOf(record: number): Group[] {
    return groupNames.map((name) => {
      const value = this.#truth[record]!.groups[name];
      const key = `${name} ${value}`;
      const known = this.#groupCounts.get(key);
      if (known !== undefined) return known;
      const fresh = { name: value, pairs: 0, found: 0, automatic: 0 };
      this.#groupCounts.set(key, fresh);
      this.groups.get(name)!.push(fresh);
      return fresh;
    });
  }

  tables(): Table[] {
    return [
      table('By scenario of the household', this.#byScenario),
      table('By error in one of the two records', this.#byError),
    ];
  }

  partners(): Table {
    return table('By kinds of partner', this.#byPartners);
  }
}

function entry(map: Map<string, Counts>, name: string): Counts {
  const known = map.get(name);
  if (known !== undefined) return known;
  const fresh = { name, pairs: 0, found: 0, automatic: 0, wrong: 0 };
  map.set(name, fresh);
  return fresh;
}

const table = (title: string, counts: ReadonlyMap<string, Counts>): Table => ({
  title,
  columns: ['', 'true pairs', 'missed', 'waiting for review', 'joined wrongly'],
  rows: [...counts.values()]
    .sort((a, b) => b.pairs - b.found + b.wrong - (a.pairs - a.found + a.wrong) || b.pairs - a.pairs)
    .map(({ name, pairs, found, automatic, wrong }) => [
      name,
      pairs,
      pairs - found,
      found - automatic,
      wrong,
    ]),
});

/** What reviewers are asked, and how often a right answer joins anything. */
function questionTable({ questions }: Outcome, joining: Joining): Table {
  const groups = Map.groupBy(questions, ({ queue, reasons }) => `${queue}: ${reasons}`);
  const rows = [...groups].map(([why, asked]) => [
    why,
    asked.length,
    asked.filter(({ candidates }) => candidates.some(({ a, b }) => joining.isTrue(a, b))).length,
  ]);
  return {
    title: 'Questions for reviewers',
    columns: ['why', 'questions', 'where two records are one person'],
    rows: rows.sort((a, b) => Number(b[1]) - Number(a[1])),
  };
}
