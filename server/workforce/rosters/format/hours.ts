import type { Rule } from '../types.ts';
import { dayNumber, minutesRule, workedMinutes } from '../rules/index.ts';
import type { ContractInFile, PersonInFile, RosterFile } from './schema.ts';
import { shapeOf } from './shapes.ts';

/**
 * The minutes a person owes in the roster: of the contract, less what leave counts for, to the nearest half
 * hour.
 */
export function owedMinutes(file: RosterFile, person: PersonInFile, contract: ContractInFile): number {
  const first = dayNumber(file.from) ?? 0;
  const leave = (person.leave ?? []).reduce((sum, { from, to, minutesADay }) => {
    const days = Math.min(dayNumber(to)!, first + file.days) - Math.max(dayNumber(from)!, first);
    return sum + Math.max(0, days) * minutesADay;
  }, 0);
  const owed = (contract.weeklyMinutes * file.days) / 7 - leave;
  return Math.max(0, 30 * Math.round(owed / 30));
}

/** The most minutes a contract allows somebody in the roster, where it sets a limit. */
export function mostMinutes(
  file: RosterFile,
  person: PersonInFile,
  contract: ContractInFile,
): number | undefined {
  const over = contract.hours?.mostOverMinutes;
  return over === undefined ? undefined : owedMinutes(file, person, contract) + over;
}

/**
 * What a contract says of hours: a range that costs points for each hour outside it, and a most that must
 * hold.
 */
export function hoursRules(file: RosterFile, person: PersonInFile, contract: ContractInFile): Rule[] {
  const { hours } = contract;
  if (hours === undefined) return [];
  const first = dayNumber(file.from) ?? 0;
  const shapes = file.shifts.map(shapeOf);
  const amounts = Array.from({ length: file.days }, (_, day) => [
    0,
    ...shapes.map((shape) => workedMinutes(first + day, shape)),
  ]);
  const owed = owedMinutes(file, person, contract);
  const range = { start: 0, min: owed - hours.underMinutes, max: owed + hours.overMinutes };
  const aim = { ...range, minPerHour: hours.weight, maxPerHour: hours.weight };
  const rules: Rule[] = [];
  const last = file.days - 1;
  const soft = hours.weight > 0 ? minutesRule(amounts, 0, last, aim) : undefined;
  if (soft !== undefined)
    rules.push({ id: 'contract-hours', words: 'Hours near those of the contract.', ...soft });
  const most = mostMinutes(file, person, contract);
  if (most !== undefined) {
    const limit = { start: 0, min: -Infinity, max: most, minPerHour: 0, maxPerHour: Infinity };
    const hard = minutesRule(amounts, 0, last, limit);
    if (hard !== undefined)
      rules.push({ id: 'contract-most', words: 'No more hours than the contract allows.', ...hard });
  }
  return rules;
}
