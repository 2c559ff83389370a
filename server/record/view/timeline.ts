/** What happened when and where, from a consolidated record. Pure. */
import type { Entry, Kind, RecordView } from './types.ts';

export type Happening = {
  kind: Kind;
  title: string;
  /** A FHIR date: a year at least. */
  when: string;
  endedOn?: string;
  sources: string[];
  standing: Entry['standing'];
  type: string;
  id: string;
};

export type Timeline = {
  years: { year: number; count: number }[];
  undated: number;
  /** One lane for each organisation, the one with most happenings first. */
  lanes: { source: string; count: number }[];
  happenings: Happening[];
};

/** Lays out everything with a date, except results: they have pages of their own. `year` keeps one year's happenings. */
export function timelineOf(view: RecordView, year?: number): Timeline {
  const entries = [
    ...view.encounters,
    ...view.procedures,
    ...view.immunisations,
    ...view.documents.filter((entry) => entry.kind === 'document'),
    ...view.reports,
    ...view.plans,
    ...view.others,
    ...[...view.problems.active, ...view.problems.past].flatMap((group) => group.entries),
    ...[...view.medicines.current, ...view.medicines.past].flatMap((group) => group.entries),
    ...[...view.allergies.active, ...view.allergies.past].flatMap((group) => group.entries),
  ];
  const all = entries.map(happeningOf).filter((each) => each !== undefined);
  const shown = year === undefined ? all : all.filter((each) => yearOf(each.when) === year);
  return {
    years: countYears(all),
    undated: entries.length - all.length,
    lanes: countLanes(shown),
    happenings: shown.sort(
      (a, b) => compare(b.when, a.when) || compare(a.title, b.title) || compare(a.id, b.id),
    ),
  };
}

function happeningOf(entry: Entry): Happening | undefined {
  const [first] = entry.said;
  if (entry.when === undefined || first === undefined || Number.isNaN(yearOf(entry.when))) return undefined;
  const end = entry.facts['endedOn'];
  return {
    kind: entry.kind,
    title: entry.title,
    when: entry.when,
    ...(end === undefined || end === entry.when.slice(0, 10) ? {} : { endedOn: end }),
    sources: [...new Set(entry.said.map((each) => each.source.name))],
    standing: entry.standing,
    type: first.type,
    id: first.id,
  };
}

function yearOf(when: string): number {
  return Number.parseInt(when.slice(0, 4), 10);
}

/** Every year from the first to the last, so that gaps show. */
function countYears(happenings: Happening[]): Timeline['years'] {
  const counts = new Map<number, number>();
  for (const { when } of happenings) counts.set(yearOf(when), (counts.get(yearOf(when)) ?? 0) + 1);
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    year: first + index,
    count: counts.get(first + index) ?? 0,
  }));
}

function countLanes(happenings: Happening[]): Timeline['lanes'] {
  const counts = new Map<string, number>();
  for (const { sources } of happenings)
    for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts]
    .map(([source, count]) => ({ source, count }))
    .sort((a, b) => b.count - a.count || compare(a.source, b.source));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
