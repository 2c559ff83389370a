import { actsInWords, inWords, whoseName, type EventRow, type Particulars } from '../../audit/index.ts';
import { dayOf } from '../../organisations/index.ts';

/** Looks of one user for one reason on one day, told once. */
export type Look = {
  /** One of the looks, by which to ask about it. */
  eventId: string;
  who: string;
  role: string | null;
  what: string[];
  why: string;
  outcome: string;
  isEmergency: boolean;
  times: number;
  first: string;
  last: string;
};

export type DayOfLooks = { day: string; organisations: { name: string; looks: Look[] }[] };

export type Headline = {
  total: number;
  since: string | null;
  yours: number;
  refused: number;
  emergencies: number;
  byOrganisation: { name: string; count: number }[];
  byReason: { words: string; count: number }[];
};

/** Names for what the log holds as codes. */
export type Names = {
  organisation(code: string): string | undefined;
  role(code: string): string | undefined;
};

const you = 'You';
const noOrganisation = 'Not said which organisation';

/** The whole list in a few numbers. A person's own looks count apart from those of others. */
export function headlineOf(events: readonly EventRow[], me: string, names: Names): Headline {
  const others = events.filter(({ event }) => event.user !== me);
  return {
    total: others.length,
    since: others.at(-1)?.event.at ?? null,
    yours: events.length - others.length,
    refused: others.filter(({ event }) => event.outcome === 'refused').length,
    emergencies: others.filter(({ event }) => isEmergency(event)).length,
    byOrganisation: counted(others, ({ event }) => placeOf(event, names)).map(([name, count]) => ({
      name,
      count,
    })),
    byReason: counted(others, ({ event }) => reasonWords(event)).map(([words, count]) => ({ words, count })),
  };
}

/** The looks by day, the newest first, and by organisation. */
export function daysOf(events: readonly EventRow[], me: string, names: Names): DayOfLooks[] {
  const days = Map.groupBy(events, ({ event }) => dayOf(new Date(event.at)));
  return [...days].map(([day, ofDay]) => {
    const places = Map.groupBy(ofDay, ({ event }) => (event.user === me ? you : placeOf(event, names)));
    return {
      day,
      organisations: [...places].map(([name, ofPlace]) => ({ name, looks: looksOf(ofPlace, me, names) })),
    };
  });
}

function looksOf(events: readonly EventRow[], me: string, names: Names): Look[] {
  const same = Map.groupBy(events, ({ event, opened }) =>
    [event.user, event.role, event.purpose, event.outcome, particularsOf(opened)?.reason].join('\u0000'),
  );
  return [...same.values()].map((group) => lookOf(group, me, names));
}

function lookOf(group: readonly EventRow[], me: string, names: Names): Look {
  const newest = group[0]!;
  const { event } = newest;
  const particulars = particularsOf(newest.opened);
  return {
    eventId: event.id,
    who: event.user === me ? you : whoseName(event, particulars),
    role: event.role === undefined ? null : (names.role(event.role) ?? event.role),
    what: actsInWords(group.map((each) => each.event)),
    why: inWords(event, particulars, () => undefined).why,
    outcome: event.outcome,
    isEmergency: isEmergency(event),
    times: group.length,
    first: group.at(-1)!.event.at,
    last: event.at,
  };
}

type Event = EventRow['event'];

const isEmergency = (event: Event): boolean => event.kind === 'break-glass' || event.purpose === 'BTG';

const placeOf = ({ organisation }: Event, names: Names): string =>
  organisation === undefined ? noOrganisation : (names.organisation(organisation) ?? organisation);

/** The reason without what somebody wrote, so that like can be counted with like. */
const reasonWords = (event: Event): string =>
  inWords(event, undefined, () => undefined).why.replace(/\.$/, '');

function counted(events: readonly EventRow[], by: (row: EventRow) => string): [string, number][] {
  const groups = Map.groupBy(events, by);
  return [...groups]
    .map(([name, { length }]): [string, number] => [name, length])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const particularsOf = (opened: EventRow['opened']): Particulars | undefined =>
  opened === undefined ? undefined : (JSON.parse(opened.text) as Particulars);
