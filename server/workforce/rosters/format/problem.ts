import type { Duty, Person, Problem, Wish } from '../types.ts';
import type { RulePack } from '../packs/index.ts';
import {
  compileRules,
  dateOf,
  dayNumber,
  weekdayOf,
  type RuleInPack,
  type Setting,
  type Worker,
} from '../rules/index.ts';
import { canWork } from './choices.ts';
import { coverOf } from './cover.ts';
import { extraForRefused, fairRules } from './fair.ts';
import { hoursRules, mostMinutes } from './hours.ts';
import { pointsOf } from './prices.ts';
import { packsFor } from './read.ts';
import type { PersonInFile, RosterFile } from './schema.ts';
import { shapeOf, shapeWorked } from './shapes.ts';

/** Turns a file in our own format into what the engine solves. Choice `c` is the file's shift `c - 1`. */
export function problemOf(file: RosterFile): Problem {
  const firstDay = dayNumber(file.from)!;
  const packs = packsFor(file);
  const shapes = file.shifts.map(shapeOf);
  const off = { start: 0, end: 0, breakMinutes: 0, unpaidMinutes: 0 };
  const setting: Setting = { period: { firstDay, days: file.days }, shapes: [off, ...shapes] };
  const duties: Duty[] = shapes.map(({ start, end, unpaidMinutes }, index) => ({
    id: file.shifts[index]!.id,
    minutes: end - start - unpaidMinutes,
    start,
    end,
  }));
  const fair = fairRules(file);
  const extra = extraForRefused(file);
  return {
    name: file.name,
    format: 'openics',
    days: file.days,
    firstWeekday: weekdayOf(firstDay),
    duties: [{ id: '', minutes: 0 }, ...duties],
    people: file.people.map((person): Person => {
      const contract = file.contracts.find(({ id }) => id === person.contract)!;
      const rules = withOverlap(rulesFor(contract.packs, packs), file);
      const compiled = compileRules(
        setting,
        workerOf(file, person, mostMinutes(file, person, contract)),
        rules,
      );
      return {
        id: person.id,
        wishes: [...wishesOf(file, packs, person, extra.get(person.id) ?? 0), ...compiled.wishes],
        rules: [...compiled.rules, ...hoursRules(file, person, contract), ...(fair.get(person.id) ?? [])],
      };
    }),
    cover: coverOf(file),
  };
}

/** The rules of the packs a contract names, each with the classes of its pack. */
export const rulesFor = (ids: readonly string[], packs: ReadonlyMap<string, RulePack>): RuleInPack[] =>
  ids.flatMap((id) => {
    const { rules, classes } = packs.get(id)!;
    return rules.map((rule) => ({ rule, classes }));
  });

/**
 * Whatever the rule packs say, nobody is in two places: left out where a rest between duties must hold for all
 * of the roster.
 */
function withOverlap(rules: RuleInPack[], file: RosterFile): RuleInPack[] {
  const last = dateOf(dayNumber(file.from)! + file.days - 1);
  const isImplied = rules.some(
    ({ rule }) =>
      rule.kind === 'rest-between' &&
      rule.weight === 'must' &&
      rule.who === undefined &&
      rule.from <= file.from &&
      (rule.to === undefined || rule.to > last),
  );
  return isImplied ? rules : [overlap, ...rules];
}

const overlap: RuleInPack = {
  rule: {
    id: 'overlap',
    kind: 'rest-between',
    words: 'Two duties may not overlap.',
    source: 'Nobody is in two places at once.',
    from: '0001-01-01',
    weight: 'must',
    override: 'nobody',
    confirmed: true,
    minMinutes: 0,
  },
  classes: {},
};

function workerOf(file: RosterFile, person: PersonInFile, most: number | undefined): Worker {
  const { born, optOut, nightWorker, specialHazards, worked } = person;
  return {
    ...(born === undefined ? {} : { born }),
    ...(optOut === undefined ? {} : { optOut }),
    ...(nightWorker === undefined ? {} : { nightWorker }),
    ...(specialHazards === undefined ? {} : { specialHazards }),
    ...(most === undefined ? {} : { mostMinutes: most }),
    worked: (worked ?? []).map((duty) => ({ day: dayNumber(duty.date)!, shape: shapeWorked(file, duty) })),
  };
}

function wishesOf(
  file: RosterFile,
  packs: ReadonlyMap<string, RulePack>,
  person: PersonInFile,
  extra: number,
): Wish[] {
  const first = dayNumber(file.from)!;
  const every = [0, ...file.shifts.map((_, index) => index + 1)];
  const wishes: Wish[] = [];
  for (let day = 0; day < file.days; day++) {
    const closed = new Map<string, number[]>();
    const prices = new Map<number, number[]>();
    for (const [index, shift] of file.shifts.entries()) {
      const refusal = canWork(file, person, shift, day);
      if (refusal === undefined) {
        const points = pointsOf(file, packs, person, shift, day);
        if (points > 0) prices.set(points, [...(prices.get(points) ?? []), index + 1]);
      } else closed.set(refusal, [...(closed.get(refusal) ?? []), index + 1]);
    }
    for (const [words, choices] of closed)
      wishes.push({ day, choices, weight: Number.POSITIVE_INFINITY, id: 'closed', words });
    for (const [weight, choices] of prices)
      wishes.push({ day, choices, weight, id: 'price', words: 'What this duty costs to staff.' });
  }
  for (const { date, want, shift, weight } of person.requests ?? []) {
    const day = dayNumber(date)! - first;
    if (day < 0 || day >= file.days) continue;
    const asked = shift === undefined ? every.slice(1) : [choiceOf(file, shift)];
    const choices = want === 'off' ? asked : every.filter((choice) => !asked.includes(choice));
    const words = want === 'off' ? 'A request not to work.' : 'A request to work.';
    wishes.push({ day, choices, weight: weight + extra, id: 'request', words });
  }
  for (const { person: id, date, shift, status } of file.assignments ?? []) {
    if (id !== person.id) continue;
    const chosen = shift === null ? 0 : choiceOf(file, shift);
    const choices = every.filter((choice) => choice !== chosen);
    const day = dayNumber(date)! - first;
    if (status === 'locked')
      wishes.push({ day, choices, weight: Infinity, id: 'locked', words: 'This assignment is locked.' });
    else if ((file.moveWeight ?? 0) > 0)
      wishes.push({
        day,
        choices,
        weight: file.moveWeight!,
        id: 'published',
        words: 'A published duty is moved.',
      });
  }
  return wishes;
}

const choiceOf = (file: RosterFile, shift: string): number =>
  file.shifts.findIndex(({ id }) => id === shift) + 1;
