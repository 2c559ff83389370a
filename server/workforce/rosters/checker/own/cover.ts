import type { DemandInFile, PersonInFile, RosterFile } from '../../format/index.ts';
import type { Roster } from '../solution.ts';
import type { Tally } from '../types.ts';
import { dateOfDay, dayNumberOf, minutesOf, weekdayOfDay } from './clock.ts';
import { dutiesOf, dutyOn } from './duty.ts';

const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Scores demand minute by minute on the clock: who is there, who counts, how many lack or are too many. */
export function scoreCover(file: RosterFile, roster: Roster, tally: Tally): void {
  const there = presence(file, roster);
  const first = dayNumberOf(file.from);
  const nextRoster = file.shifts.map((shift) => dutyOn(first + file.days, shift, false));
  for (const demand of file.demand) {
    const start = minutesOf(demand.start);
    const end = minutesOf(demand.end) > start ? minutesOf(demand.end) : minutesOf(demand.end) + 1440;
    for (let day = first; day < first + file.days; day++) {
      if (!isWantedOn(demand, day)) continue;
      for (let minute = day * 1440 + start; minute < day * 1440 + end; minute++) {
        const isLeftToNext = nextRoster.some(
          (duty) => duty.day * 1440 + duty.start <= minute && minute < duty.day * 1440 + duty.end,
        );
        if (isLeftToNext) continue;
        const date = dateOfDay(Math.floor(minute / 1440));
        const here = (there.get(minute) ?? []).filter((person) => countsFor(demand, person, date)).length;
        const belowLeast = Math.max(0, (demand.least ?? 0) - here);
        const missing = Math.max(0, demand.wanted - here);
        const lacking =
          (missing - belowLeast) * demand.weight + belowLeast * (demand.leastWeight ?? demand.weight);
        tally.add('under-cover', lacking / 60);
        tally.add('over-cover', (Math.max(0, here - demand.wanted) * (demand.overWeight ?? 0)) / 60);
      }
    }
  }
}

function presence(file: RosterFile, roster: Roster): Map<number, PersonInFile[]> {
  const there = new Map<number, PersonInFile[]>();
  const eve = dayNumberOf(file.from) - 1;
  for (const person of file.people)
    for (const { day, start, end } of dutiesOf(file, person, roster.get(person.id)!)) {
      if (day < eve) continue;
      for (let minute = day * 1440 + start; minute < day * 1440 + end; minute++) {
        const people = there.get(minute);
        if (people === undefined) there.set(minute, [person]);
        else if (!people.includes(person)) people.push(person);
      }
    }
  return there;
}

function isWantedOn({ weekdays, dates }: DemandInFile, day: number): boolean {
  if (dates !== undefined) return dates.includes(dateOfDay(day));
  return weekdays === undefined || weekdays.includes(names[weekdayOfDay(day)]!);
}

function countsFor({ competence, bands }: DemandInFile, person: PersonInFile, date: string): boolean {
  const isOfBand = bands === undefined || bands.some((band) => band === person.band);
  return isOfBand && (competence === undefined || hasCompetence(person, competence, date));
}

export const hasCompetence = ({ competences = [] }: PersonInFile, wanted: string, date: string): boolean =>
  competences.some(({ id, to }) => id === wanted && (to === undefined || date < to));
