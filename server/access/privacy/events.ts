import {
  countEvents,
  searchEvents,
  type EventFilter,
  type EventRow,
  type Particulars,
} from '../../audit/index.ts';
import { dayOf, odsSystem, type Day, type Organisations } from '../../organisations/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Office } from './office.ts';
import type { PrivacyServices } from './services.ts';

/** What an officer may ask the log. Days are those of the United Kingdom, the last one included. */
export type Asked = {
  person?: string;
  user?: string;
  organisation?: string;
  kind?: string;
  outcome?: string;
  from?: Day;
  to?: Day;
  before?: number;
  count: number;
};

/** One access as the officer reads it. */
export type Line = {
  seq: number;
  at: string;
  kind: string;
  outcome: string;
  user: string;
  userName: string | null;
  organisation: string | null;
  role: string | null;
  purpose: string | null;
  person: string | null;
  personName: string | null;
  resource: string | null;
  rule: string | null;
  reason: string | null;
};

/** Accesses that fit, newest first, with how many there are on all pages. */
export async function findEvents(
  services: PrivacyServices,
  office: Office,
  asked: Asked,
): Promise<{ lines: Line[]; total: number; next: number | null }> {
  const filter = filterOf(office, asked);
  const [total, rows] = [
    await countEvents(services.db, filter),
    await searchEvents(services.db, { ...filter, before: asked.before, limit: asked.count + 1 }),
  ];
  const page = rows.slice(0, asked.count);
  return {
    lines: await linesOf(services, office, page),
    total,
    next: rows.length > page.length ? page.at(-1)!.seq : null,
  };
}

export function filterOf(
  { organisations, notPersons }: Pick<Office, 'organisations' | 'notPersons'>,
  { person, user, organisation, kind, outcome, from, to }: Omit<Asked, 'before' | 'count'>,
): Omit<EventFilter, 'limit'> {
  if (from !== undefined && to !== undefined && to < from) {
    throw new Problem('privacy/days', 400, 'The last day is before the first.', {
      place: 'to',
      wayOut: 'Give the earlier day first.',
    });
  }
  return {
    person,
    user,
    organisation,
    kind,
    outcome,
    organisations,
    notPersons,
    from: from === undefined ? undefined : startOf(from),
    to: to === undefined ? undefined : startOf(nextDay(to)),
  };
}

export async function linesOf(
  { organisations, clock }: PrivacyServices,
  { namesOf }: Pick<Office, 'namesOf'>,
  rows: readonly EventRow[],
): Promise<Line[]> {
  const persons = [...new Set(rows.flatMap(({ event }) => event.person ?? []))];
  const names = await namesOf(persons);
  const called = await namesOfOrganisations(
    organisations,
    rows.flatMap(({ event }) => event.organisation ?? []),
    dayOf(clock()),
  );
  return rows.map(({ seq, event, opened }) => {
    const said = opened === undefined ? {} : (JSON.parse(opened.text) as Particulars);
    return {
      seq,
      at: event.at,
      kind: event.kind,
      outcome: event.outcome,
      user: event.user,
      userName: said.userName ?? null,
      organisation:
        event.organisation === undefined ? null : (called.get(event.organisation) ?? event.organisation),
      role: event.role ?? null,
      purpose: event.purpose ?? null,
      person: event.person ?? null,
      personName: event.person === undefined ? null : (names.get(event.person) ?? null),
      resource: event.resource ?? null,
      rule: event.rule ?? null,
      reason: said.reason ?? null,
    };
  });
}

/** What organisations are called today, by id or code. */
export async function namesOfOrganisations(
  organisations: Organisations,
  named: readonly string[],
  today: Day,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const each of new Set(named)) {
    const system = odsSystem;
    const id = /^[0-9a-f-]{36}$/.test(each)
      ? each
      : await organisations.organisationByIdentifier({ system, value: each });
    const known = id === undefined ? undefined : await organisations.findOrganisation(id, today);
    if (known !== undefined) found.set(each, known.name);
  }
  return found;
}

const nextDay = (day: Day): Day => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The first moment of a day in the United Kingdom, which is at most an hour from that in Greenwich. */
function startOf(day: Day): Date {
  const greenwich = Date.parse(day);
  return new Date(dayOf(new Date(greenwich - 3_600_000)) === day ? greenwich - 3_600_000 : greenwich);
}
