import type { Rule } from '../types.ts';
import { dayNumber, isOfClass, weekdayOf } from '../rules/index.ts';
import type { PersonInFile, RosterFile } from './schema.ts';
import { shapeOf } from './shapes.ts';

type Kind = 'nights' | 'weekends' | 'holidays';

const nightClass = { night: { nightMinutes: 180 } };
const words: Record<Kind, string> = {
  nights: 'A fair share of nights over half a year.',
  weekends: 'A fair share of weekends over half a year.',
  holidays: 'A fair share of public holidays over half a year.',
};

/**
 * The shifts that count as nights: at least three hours between 23:00 and 06:00. Choices, so the first shift
 * is 1.
 */
export const nightChoices = (file: RosterFile): number[] =>
  file.shifts.flatMap((shift, index) => (isOfClass(shapeOf(shift), 'night', nightClass) ? [index + 1] : []));

/**
 * Rules that make each person's nights, weekends and holidays cost points beyond a fair share: the part of
 * what the team had and will have that falls to this person by contracted hours, less what this person had,
 * rounded up. Only the own team shares, and nights only among those who may work one.
 */
export function fairRules(file: RosterFile): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const kind of ['nights', 'weekends', 'holidays'] as const) {
    const fair = file.fairness?.[kind];
    if (fair === undefined) continue;
    const sharers = file.people.filter((person) => shareOf(file, person) > 0 && mayDo(file, person, kind));
    const all = sharers.reduce((sum, person) => sum + shareOf(file, person), 0);
    const total = sharers.reduce((sum, person) => sum + (person.memory?.[kind] ?? 0), fair.expected);
    for (const person of sharers) {
      const part = (total * shareOf(file, person)) / all;
      const max = Math.max(0, Math.ceil(part - (person.memory?.[kind] ?? 0)));
      const rule = countRule(file, kind, max, fair.weight);
      found.set(person.id, [...(found.get(person.id) ?? []), rule]);
    }
  }
  return found;
}

function shareOf(file: RosterFile, person: PersonInFile): number {
  if (file.tiers.find(({ id }) => id === person.tier)?.kind !== 'own') return 0;
  return file.contracts.find(({ id }) => id === person.contract)!.weeklyMinutes;
}

function mayDo(file: RosterFile, person: PersonInFile, kind: Kind): boolean {
  if (kind !== 'nights' || person.onlyShifts === undefined) return true;
  return nightChoices(file).some((choice) => person.onlyShifts!.includes(file.shifts[choice - 1]!.id));
}

function countRule(file: RosterFile, kind: Kind, max: number, weight: number): Rule {
  const first = dayNumber(file.from) ?? 0;
  const limits = { start: 0, min: 0, max, minWeight: 0, maxWeight: weight };
  const id = `fair-${kind}`;
  const every = file.shifts.map((_, index) => index + 1);
  if (kind === 'weekends') {
    const saturdays: number[][] = [];
    for (let day = -1; day < file.days; day++)
      if (weekdayOf(first + day) === 5)
        saturdays.push([day, day + 1].filter((each) => each >= 0 && each < file.days));
    return { id, words: words[kind], kind: 'blocks', blocks: saturdays, choices: every, ...limits };
  }
  const nights = nightChoices(file);
  const days = { from: 0, to: file.days - 1 };
  const none = [0, ...every.map(() => 0)];
  const one = [0, ...every.map((choice) => (kind === 'holidays' || nights.includes(choice) ? 1 : 0))];
  if (kind === 'nights') return { id, words: words[kind], kind: 'count', amounts: one, ...days, ...limits };
  const onDay = (file.holidays ?? []).flatMap((date) => {
    const day = dayNumber(date)! - first;
    return day >= 0 && day < file.days ? [{ day, amounts: one }] : [];
  });
  return { id, words: words[kind], kind: 'count', amounts: none, ...days, ...limits, onDay };
}

/** What refusing a request costs on top for somebody refused more often than others, in whole points. */
export function extraForRefused(file: RosterFile): Map<string, number> {
  const weight = file.fairness?.refused?.weight ?? 0;
  const refused = file.people.map(({ memory }) => memory?.refused ?? 0);
  const mean = refused.reduce((sum, each) => sum + each, 0) / refused.length;
  return new Map(
    file.people.map(({ id }, index) => [id, Math.round(weight * Math.max(0, refused[index]! - mean))]),
  );
}
