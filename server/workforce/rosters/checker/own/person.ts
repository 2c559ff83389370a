import type { PersonInFile, RosterFile, ShiftInFile } from '../../format/index.ts';
import type { RulePack } from '../../packs/index.ts';
import type { Breach, Tally } from '../types.ts';
import { dateOfDay, dayNumberOf, minutesOf, weekdayOfDay } from './clock.ts';
import { hasCompetence } from './cover.ts';
import { dutiesOf, dutyOn, worked, type Duty } from './duty.ts';
import { judge } from './judge.ts';

type Packs = ReadonlyMap<string, RulePack>;

/** Everything one person's row breaks of what must hold; what it costs goes into the tally. */
export function checkPerson(
  file: RosterFile,
  packs: Packs,
  person: PersonInFile,
  cells: readonly string[],
  tally: Tally,
): Breach[] {
  const found: Breach[] = [];
  const first = dayNumberOf(file.from);
  const say = (rule: string, text: string, day?: number): void => {
    found.push({ rule, person: person.id, ...(day === undefined ? {} : { day: day - first }), text });
  };
  const contract = file.contracts.find(({ id }) => id === person.contract)!;
  const duties = dutiesOf(file, person, cells);

  for (const [index, id] of cells.entries()) {
    if (id === '') continue;
    const shift = file.shifts.find((each) => each.id === id);
    const day = first + index;
    if (shift === undefined) say('known-shift', `There is no shift called "${id}".`, day);
    else {
      const reasons = closedBecause(file, person, shift, day);
      for (const text of reasons) say('closed', text, day);
      if (reasons.length === 0) tally.add('price', priceOf(file, packs, person, shift, day));
    }
  }

  for (const [index, duty] of duties.entries()) {
    const before = duties[index - 1];
    if (before !== undefined && !duty.isPast && duty.trueStart < before.trueEnd)
      say('overlap', 'Two duties overlap.', duty.day);
  }

  for (const pack of contract.packs.map((id) => packs.get(id)!))
    for (const rule of pack.rules)
      for (const { day, units } of judge({ file, person, rule, classes: pack.classes, duties })) {
        if (rule.weight === 'must') say(rule.id, rule.words, day);
        else tally.add('rules', rule.weight * units);
      }

  checkHours(file, person, duties, tally, say);
  scoreWishes(file, person, cells, tally, say);
  return found;
}

function closedBecause(file: RosterFile, person: PersonInFile, shift: ShiftInFile, day: number): string[] {
  const date = dateOfDay(day);
  const endsNextDay = minutesOf(shift.end) <= minutesOf(shift.start) && minutesOf(shift.end) > 0;
  const dates = endsNextDay ? [date, dateOfDay(day + 1)] : [date];
  const reasons: string[] = [];
  if (person.onlyShifts !== undefined && !person.onlyShifts.includes(shift.id))
    reasons.push(`${shift.id} is not among the shifts agreed.`);
  for (const competence of shift.needs ?? [])
    if (!hasCompetence(person, competence, date))
      reasons.push(`${shift.id} needs the competence ${competence}.`);
  if ((person.leave ?? []).some(({ from, to }) => dates.some((each) => from <= each && each < to)))
    reasons.push(`${shift.id} is in a time of leave.`);
  const isOwn = file.tiers.find(({ id }) => id === person.tier)!.kind === 'own';
  const isOffered = (person.offers ?? []).some(
    (offer) => offer.date === date && (offer.shifts === undefined || offer.shifts.includes(shift.id)),
  );
  if (!isOwn && !isOffered) reasons.push(`${shift.id} was not offered.`);
  return reasons;
}

/**
 * Pay in whole points for each duty: by the hour where a tier is paid so, and the greatest enhancement for
 * each minute.
 */
function priceOf(
  file: RosterFile,
  packs: Packs,
  person: PersonInFile,
  shift: ShiftInFile,
  day: number,
): number {
  const tier = file.tiers.find(({ id }) => id === person.tier)!;
  const duty = dutyOn(day, shift, false);
  const contract = file.contracts.find(({ id }) => id === person.contract)!;
  const date = dateOfDay(day);
  const enhancements = contract.packs
    .flatMap((id) => packs.get(id)!.rules)
    .flatMap((rule) => (rule.kind === 'enhancement' ? [rule] : []))
    .filter(({ from, to }) => from <= date && (to === undefined || date < to))
    .filter(({ bands }) => bands.some((band) => band === person.band));
  let minutes = tier.paid === 'by-hour' ? worked(duty) : 0;
  for (let minute = duty.start; minute < duty.end; minute++) {
    const kind = kindOf(file, day + Math.floor(minute / 1440), minute % 1440);
    let share = 0;
    for (const rule of enhancements)
      if (rule.on.some((each) => each === kind)) share = Math.max(share, rule.share);
    minutes += share;
  }
  const pence = (minutes * (person.pencePerHour ?? tier.pencePerHour)) / 60;
  return Math.round(Math.round(pence * 1e6) / 1e6 / file.pencePerPoint);
}

function kindOf(file: RosterFile, day: number, clock: number): string {
  if ((file.holidays ?? []).includes(dateOfDay(day))) return 'holiday';
  if (weekdayOfDay(day) === 6) return 'sunday';
  if (weekdayOfDay(day) === 5) return 'saturday';
  return clock < 6 * 60 || clock >= 20 * 60 ? 'weekday-night' : 'plain';
}

type Say = (rule: string, text: string, day?: number) => void;

function checkHours(file: RosterFile, person: PersonInFile, duties: Duty[], tally: Tally, say: Say): void {
  const { weeklyMinutes, hours } = file.contracts.find(({ id }) => id === person.contract)!;
  if (hours === undefined) return;
  const first = dayNumberOf(file.from);
  let owed = (weeklyMinutes * file.days) / 7;
  for (const { from, to, minutesADay } of person.leave ?? [])
    for (let day = dayNumberOf(from); day < dayNumberOf(to); day++)
      if (day >= first && day < first + file.days) owed -= minutesADay;
  owed = Math.max(0, Math.round(owed / 30) * 30);
  const minutes = duties.filter(({ isPast }) => !isPast).reduce((sum, duty) => sum + worked(duty), 0);
  const missing = Math.max(0, owed - hours.underMinutes - minutes);
  const over = Math.max(0, minutes - owed - hours.overMinutes);
  tally.add('contract-hours', ((missing + over) * hours.weight) / 60);
  if (hours.mostOverMinutes !== undefined && minutes > owed + hours.mostOverMinutes)
    say('contract-most', `${minutes} minutes are more than the contract allows.`);
}

function scoreWishes(
  file: RosterFile,
  person: PersonInFile,
  cells: readonly string[],
  tally: Tally,
  say: Say,
): void {
  const first = dayNumberOf(file.from);
  const refused = file.people.map(({ memory }) => memory?.refused ?? 0);
  const mean = refused.reduce((sum, each) => sum + each, 0) / refused.length;
  const more = Math.max(0, (person.memory?.refused ?? 0) - mean);
  const extra = Math.round((file.fairness?.refused?.weight ?? 0) * more);
  for (const { date, want, shift, weight } of person.requests ?? []) {
    const cell = cells[dayNumberOf(date) - first];
    if (cell === undefined) continue;
    const hasIt = shift === undefined ? cell !== '' : cell === shift;
    if (hasIt !== (want === 'on')) tally.add('requests', weight + extra);
  }
  for (const { person: id, date, shift, status } of file.assignments ?? []) {
    const day = dayNumberOf(date);
    if (id !== person.id || cells[day - first] === (shift ?? '')) continue;
    if (status === 'locked') say('locked', 'A locked assignment is changed.', day);
    else tally.add('moved', file.moveWeight ?? 0);
  }
}
