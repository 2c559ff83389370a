import type { Cover, Step } from '../types.ts';
import { clockMinutes, dateOf, dayNumber, minutesADay, weekdayOf, type Shape } from '../rules/index.ts';
import { holds } from './choices.ts';
import type { Fault } from './fault.ts';
import { weekdayNames, type DemandInFile, type PersonInFile, type RosterFile } from './schema.ts';
import { shapeOf, shapeWorked } from './shapes.ts';

/** A stretch of minutes that the same duties cover. Minutes count from midnight of day 0. */
type Stretch = { from: number; to: number; parts: { day: number; choices: number[] }[] };

/** Stretches of one demand on one day that the same duties of the same people cover, together. */
type Row = Pick<Stretch, 'from' | 'parts'> & {
  people: number[] | undefined;
  minutes: number;
  present: number;
};

export function* demandFaults(file: RosterFile): Generator<Fault> {
  const competences = new Set(file.competences.map(({ id }) => id));
  for (const [index, demand] of file.demand.entries()) {
    const at = `/demand/${index}`;
    if (demand.competence !== undefined && !competences.has(demand.competence))
      yield { at: `${at}/competence`, text: 'There is no competence of this id.' };
    if (demand.weekdays !== undefined && demand.dates !== undefined)
      yield { at: `${at}/dates`, text: 'Give weekdays or dates, not both.' };
    if ((demand.least ?? 0) > demand.wanted)
      yield { at: `${at}/least`, text: 'The least is more than is wanted.' };
    if (demand.least !== undefined && (demand.leastWeight ?? 0) < demand.weight)
      yield { at: `${at}/leastWeight`, text: 'What lacks below the least must cost no less than the rest.' };
    const day = daysOf(file, demand)[0];
    const open =
      day === undefined ? [] : stretchesOf(file, demand, day).filter(({ parts }) => parts.length === 0);
    const [gap] = open;
    if (gap !== undefined && demand.wanted > 0)
      yield { at, text: `No shift covers ${clock(gap.from)} to ${clock(gap.to)}.` };
  }
}

const clock = (minute: number): string => {
  const ofDay = minute % minutesADay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
};

/** The days of the roster on which a demand holds. */
function daysOf(file: RosterFile, demand: DemandInFile): number[] {
  const first = dayNumber(file.from) ?? 0;
  return Array.from({ length: file.days }, (_, day) => day).filter((day) => {
    if (demand.dates !== undefined) return demand.dates.includes(dateOf(first + day));
    return demand.weekdays?.includes(weekdayNames[weekdayOf(first + day)]!) ?? true;
  });
}

/**
 * Cuts one day's demand at midnight and wherever a duty starts or ends. After the last midnight of the roster,
 * what a duty of the next roster could cover is left to that.
 */
function stretchesOf(file: RosterFile, demand: DemandInFile, day: number): Stretch[] {
  const shapes = file.shifts.map(shapeOf);
  const start = clockMinutes(demand.start);
  const end = clockMinutes(demand.end);
  const from = day * minutesADay + start;
  const to = day * minutesADay + (end > start ? end : end + minutesADay);
  const midnight = (day + 1) * minutesADay;
  const cuts = new Set([from, to, ...(to > midnight ? [midnight] : [])]);
  const reach = [day - 1, day, day + 1];
  const isNext = (onDay: number): boolean => onDay >= file.days;
  for (const onDay of reach)
    for (const shape of shapes)
      for (const minute of [shape.start, shape.end]) {
        const at = onDay * minutesADay + minute;
        if (at > from && at < to) cuts.add(at);
      }
  const sorted = [...cuts].toSorted((a, b) => a - b);
  return sorted.slice(1).flatMap((until, index) => {
    const since = sorted[index]!;
    const parts = reach.flatMap((onDay) => {
      const choices = shapes.flatMap((shape, which) =>
        covers(shape, onDay, since, until) ? [which + 1] : [],
      );
      return choices.length === 0 ? [] : [{ day: onDay, choices }];
    });
    return parts.some((part) => isNext(part.day)) ? [] : [{ from: since, to: until, parts }];
  });
}

const covers = ({ start, end }: Shape, day: number, from: number, to: number): boolean =>
  day * minutesADay + start <= from && day * minutesADay + end >= to;

/**
 * The demand of a file as rows of cover. Points for people missing or over are for each hour; those of a row
 * are for all its minutes.
 */
export function coverOf(file: RosterFile): Cover[] {
  return file.demand.flatMap((demand) =>
    daysOf(file, demand).flatMap((day) => {
      const rows = new Map<string, Row>();
      for (const stretch of stretchesOf(file, demand, day)) {
        const present = presentBefore(file, demand, stretch);
        const parts = stretch.parts.filter((part) => part.day >= 0);
        const people = peopleOf(file, demand, stretch);
        const key = JSON.stringify([parts, people, present]);
        const row = rows.get(key) ?? { from: stretch.from, parts, people, minutes: 0, present };
        row.minutes += stretch.to - stretch.from;
        rows.set(key, row);
      }
      return [...rows.values()].map((row) =>
        coverRow(demand, dateOf((dayNumber(file.from) ?? 0) + day), row),
      );
    }),
  );
}

function coverRow(demand: DemandInFile, date: string, row: Row): Cover {
  const { from, parts, people, minutes, present } = row;
  const wanted = Math.max(0, demand.wanted - present);
  const least = Math.max(0, (demand.least ?? 0) - present);
  const points = (perHour: number): number => (perHour * minutes) / 60;
  const under: Step[] = [];
  if (demand.weight > 0 || least > 0) {
    const unpressing = wanted - least;
    if (least === 0) under.push({ count: Number.POSITIVE_INFINITY, weight: points(demand.weight) });
    else {
      if (unpressing > 0) under.push({ count: unpressing, weight: points(demand.weight) });
      under.push({ count: Number.POSITIVE_INFINITY, weight: points(demand.leastWeight ?? demand.weight) });
    }
  }
  const overWeight = demand.overWeight ?? 0;
  return {
    id: `${demand.id} ${date} ${clock(from)}`,
    words: `${demand.name}, ${date} from ${clock(from)}`,
    parts,
    ...(people === undefined ? {} : { people }),
    wanted,
    under,
    over: overWeight > 0 ? [{ count: Number.POSITIVE_INFINITY, weight: points(overWeight) }] : [],
  };
}

/** Who counts towards a demand on the date of a stretch; undefined, everybody, when it asks for nothing. */
function peopleOf(file: RosterFile, demand: DemandInFile, { from }: Stretch): number[] | undefined {
  if (demand.competence === undefined && demand.bands === undefined) return undefined;
  const date = dateOf((dayNumber(file.from) ?? 0) + Math.floor(from / minutesADay));
  return file.people.flatMap((person, index) => (counts(demand, person, date) ? [index] : []));
}

const counts = (demand: DemandInFile, person: PersonInFile, date: string): boolean =>
  (demand.competence === undefined || holds(person, demand.competence, date)) &&
  (demand.bands === undefined || (person.band !== undefined && demand.bands.includes(person.band)));

/** Who covers a stretch of day 0 from a duty that began before the roster. */
function presentBefore(file: RosterFile, demand: DemandInFile, stretch: Stretch): number {
  if (stretch.from >= minutesADay) return 0;
  const eve = dateOf((dayNumber(file.from) ?? 0) - 1);
  return file.people.filter(
    (person) =>
      counts(demand, person, file.from) &&
      (person.worked ?? []).some(
        (duty) => duty.date === eve && covers(shapeWorked(file, duty), -1, stretch.from, stretch.to),
      ),
  ).length;
}
