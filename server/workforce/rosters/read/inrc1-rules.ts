import type { Choices, Rule } from '../types.ts';

export type Pattern = {
  id: string;
  text: string;
  weight: number;
  steps: Choices[];
  /** The weekday of its first day, where it has one. */
  weekday: number | undefined;
};

/** `term(index)` is a soft term by its place in the contract; its weight is 0 where it is switched off. */
export type Contract = {
  name: string;
  term: (index: number) => { weight: number; limit: number };
  weekend: number[];
  patterns: Pattern[];
};

export type Calendar = { days: number; firstWeekday: number; choices: number; shifts: Map<string, number> };

/** The weekends that lie in the period, as days. */
export function blocksOf(weekend: number[], { days, firstWeekday }: Calendar): number[][] {
  const blocks: number[][] = [];
  for (let day = 0; day < days; day++) {
    if ((day + firstWeekday) % 7 === weekend[0])
      blocks.push(weekend.map((_, index) => day + index).filter((each) => each < days));
  }
  return blocks;
}

/** The rules of a contract of INRC-I, all soft. The comments of the competition give the order of its terms. */
export function contractRules({ term }: Contract, calendar: Calendar, blocks: number[][]): Rule[] {
  const { days, choices, shifts } = calendar;
  const work = Array.from({ length: choices - 1 }, (_, index) => index + 1);
  const most = term(1);
  const fewest = term(2);
  const night = shifts.get('N');
  const afterNight = term(14);
  const rules: Rule[] = [
    {
      kind: 'count',
      id: 'assignments',
      words: `works ${fewest.limit} to ${most.limit} shifts`,
      amounts: [0, ...work.map(() => 1)],
      from: 0,
      to: days - 1,
      start: 0,
      min: fewest.weight > 0 ? fewest.limit : 0,
      max: most.weight > 0 ? most.limit : Infinity,
      minWeight: fewest.weight,
      maxWeight: most.weight,
    },
    run('work-run', 'days at work in a row', work, term(4), term(3)),
    run('free-run', 'free days in a row', [0], term(6), term(5)),
    weekendRun(term(8), term(7), blocks, calendar),
    weekendShape(
      'complete-weekend',
      'works the whole weekend or none of it',
      term(11).weight,
      blocks,
      calendar,
      { kindOf: (choice) => Math.min(choice, 1), unitsOf: incomplete },
    ),
    weekendShape(
      'same-shift',
      'has the same shift on all days of a weekend',
      term(12).weight,
      blocks,
      calendar,
      { kindOf: (choice) => choice, unitsOf: differing },
    ),
  ];
  if (night !== undefined && afterNight.weight > 0)
    rules.push({
      kind: 'pattern',
      id: 'free-after-nights',
      words: 'has two free days after nights',
      steps: [[night], [0], work],
      weight: afterNight.weight,
    });
  return rules.filter((rule) => !isIdle(rule));
}

const isIdle = (rule: Rule): boolean =>
  (rule.kind === 'run' || rule.kind === 'count') && rule.minWeight === 0 && rule.maxWeight === 0;

type Term = { weight: number; limit: number };

const run = (id: string, what: string, choices: Choices, fewest: Term, most: Term): Rule => ({
  kind: 'run',
  id,
  words: `${fewest.limit} to ${most.limit} ${what}`,
  choices,
  min: fewest.weight > 0 ? fewest.limit : 0,
  max: most.weight > 0 ? most.limit : Infinity,
  minWeight: fewest.weight,
  maxWeight: most.weight,
  before: 0,
  openEnd: false,
});

/** Weekends worked in a row, as an automaton over days: its state is the run so far, twice for the open weekend. */
function weekendRun(fewest: Term, most: Term, blocks: number[][], { days, choices }: Calendar): Rule {
  const cap = Math.max(1, most.weight > 0 ? most.limit : 0, fewest.weight > 0 ? fewest.limit : 0);
  const states = 2 * (cap + 1);
  const lack = (length: number): number =>
    length === 0 ? 0 : fewest.weight * Math.max(0, (fewest.weight > 0 ? fewest.limit : 0) - length);
  const next: number[][][] = [[], [], []];
  const cost: number[][][] = [[], [], []];
  for (let state = 0; state < states; state++) {
    const length = state >> 1;
    const isOpen = (state & 1) === 1;
    for (const table of [0, 1, 2]) {
      const isLast = table === 2;
      const rows = Array.from({ length: choices }, (_, choice) => {
        if (table === 0) return { to: state, paid: 0 };
        const isWorked = isOpen || choice > 0;
        if (isWorked) {
          const longer = isOpen ? length : Math.min(cap, length + 1);
          const paid = !isOpen && most.weight > 0 && length + 1 > most.limit ? most.weight : 0;
          return { to: longer * 2 + (isLast ? 0 : 1), paid };
        }
        return isLast ? { to: 0, paid: lack(length) } : { to: state, paid: 0 };
      });
      next[table]?.push(rows.map(({ to }) => to));
      cost[table]?.push(rows.map(({ paid }) => paid));
    }
  }
  return {
    kind: 'automaton',
    id: 'weekend-run',
    words: `works ${fewest.limit} to ${most.limit} weekends in a row`,
    start: 0,
    next,
    cost,
    tables: tablesOf(blocks, days),
    final: Array.from({ length: states }, (_, state) => lack(state >> 1)),
  };
}

/** 0 outside weekends, 1 inside, 2 on the last day of one. */
function tablesOf(blocks: number[][], days: number): number[] {
  const tables = Array.from({ length: days }, () => 0);
  for (const block of blocks)
    block.forEach((day, index) => (tables[day] = index === block.length - 1 ? 2 : 1));
  return tables;
}

/** A cost that depends on what kinds of choices one weekend has: the state remembers them, as digits. */
function weekendShape(
  id: string,
  words: string,
  weight: number,
  blocks: number[][],
  { days, choices }: Calendar,
  { kindOf, unitsOf }: { kindOf: (choice: number) => number; unitsOf: (kinds: number[]) => number },
): Rule {
  const length = Math.max(1, ...blocks.map((block) => block.length));
  const kinds = Array.from({ length: choices }, (_, choice) => kindOf(choice));
  const base = Math.max(...kinds) + 2;
  const states = base ** (length - 1);
  const next: number[][][] = [[], [], []];
  const cost: number[][][] = [[], [], []];
  for (let state = 0; state < states; state++) {
    const past: number[] = [];
    for (let rest = state; rest > 0; rest = Math.floor(rest / base)) past.unshift((rest % base) - 1);
    next[0]?.push(kinds.map(() => 0));
    cost[0]?.push(kinds.map(() => 0));
    next[1]?.push(kinds.map((kind) => Math.min(states - 1, state * base + kind + 1)));
    cost[1]?.push(kinds.map(() => 0));
    next[2]?.push(kinds.map(() => 0));
    cost[2]?.push(kinds.map((kind) => weight * unitsOf([...past, kind])));
  }
  return { kind: 'automaton', id, words, start: 0, next, cost, tables: tablesOf(blocks, days) };
}

/** How far from all or none: a hole between two days at work weighs 4, otherwise each free day 1. */
function incomplete(days: number[]): number {
  const worked = days.filter((kind) => kind > 0).length;
  if (worked === 0 || worked === days.length) return 0;
  return days.length === 3 && worked === 2 && days[1] === 0 ? 4 : days.length - worked;
}

/** In a weekend that is all worked: for each kind of shift, the days that have another. */
function differing(days: number[]): number {
  if (days.includes(0)) return 0;
  const kinds = new Set(days);
  return [...kinds].reduce((sum, kind) => sum + days.filter((choice) => choice !== kind).length, 0);
}

/** An unwanted pattern; it begins on a weekday where its steps name theirs. */
export function patternRule(
  { id, text, weight, steps, weekday }: Pattern,
  { days, firstWeekday }: Calendar,
): Rule {
  const starts = Array.from({ length: days }, (_, day) => day).filter(
    (day) => (day + firstWeekday) % 7 === weekday,
  );
  return {
    kind: 'pattern',
    id: `pattern-${id}`,
    words: `does not have the pattern ${text}`,
    steps,
    weight,
    ...(weekday === undefined ? {} : { starts }),
  };
}
