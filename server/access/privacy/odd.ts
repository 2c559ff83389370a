import {
  oddAccesses,
  searchEvents,
  type Access,
  type Facts,
  type Reason,
  type Tie,
} from '../../audit/index.ts';
import { dayOf, rules as graphRules, type Day } from '../../organisations/index.ts';
import { dayMs, holdsAt } from '../moments.ts';
import { rulesInForce } from '../store/in-force.ts';
import type { RelationshipRule } from '../policy/schema.ts';
import { filterOf, linesOf, type Line } from './events.ts';
import { daysWorked, isUnusual } from './hours.ts';
import type { Office } from './office.ts';
import type { PrivacyServices } from './services.ts';
import {
  employersOf,
  holdingsOfMany,
  oddNotes,
  tiesOfMany,
  type Holding,
  type OddNote,
  type Tied,
} from './store.ts';

/** The accesses of one user to one person that an officer should look at, and what was done about them. */
export type OddCase = {
  user: string;
  person: string;
  reasons: Reason[];
  weight: number;
  accesses: number;
  upTo: number;
  first: Line;
  last: Line;
  notes: OddNote[];
};

const pageOfLog = 5_000;

/** Odd accesses of some days, the weightiest first. Every access of those days is looked at. */
export async function oddCases(
  services: PrivacyServices,
  office: Office,
  days: { from: Day; to: Day },
): Promise<{ cases: OddCase[]; accesses: number }> {
  const accesses: Access[] = [];
  const filter = { ...filterOf(office, days), aboutPerson: true };
  for (let before: number | undefined; ;) {
    const rows = await searchEvents(services.db, { ...filter, before, limit: pageOfLog });
    for (const { seq, event } of rows) {
      if (event.person === undefined || event.user === event.person || !looks.has(event.kind)) continue;
      const { user, person, outcome } = event;
      accesses.push({ seq, at: new Date(event.at), user, person, outcome });
    }
    if (rows.length < pageOfLog) break;
    before = rows.at(-1)!.seq;
  }
  const staff = new Set(
    (await holdingsOfMany(services.db, [...new Set(accesses.map(({ user }) => user))])).map(
      ({ user }) => user,
    ),
  );
  const ofStaff = accesses.filter(({ user }) => staff.has(user)).toReversed();
  const odd = oddAccesses(ofStaff, await factsAbout(services, ofStaff));
  return { cases: await casesOf(services, office, odd), accesses: ofStaff.length };
}

const looks = new Set(['read', 'search', 'export', 'create', 'update', 'delete', 'operate', 'break-glass']);

async function casesOf(
  services: PrivacyServices,
  office: Office,
  odd: ReturnType<typeof oddAccesses>,
): Promise<OddCase[]> {
  const notes = await oddNotes(
    services.db,
    odd.map(({ user }) => user),
    odd.map(({ person }) => person),
  );
  const filter = filterOf(office, {});
  return Promise.all(
    odd.map(async ({ user, person, seqs, reasons, weight }) => {
      const one = async (seq: number) =>
        searchEvents(services.db, { ...filter, user, person, before: seq + 1, limit: 1 });
      const upTo = Math.max(...seqs);
      const rows = [...(await one(Math.min(...seqs))), ...(await one(upTo))];
      const [first, last] = await linesOf(services, office, rows);
      return {
        user,
        person,
        reasons,
        weight,
        accesses: seqs.length,
        upTo,
        first: first!,
        last: last!,
        notes: notes.filter((note) => note.user === user && note.person === person),
      };
    }),
  );
}

/** What is known of users and people that makes an access ordinary or odd, for all accesses at once. */
async function factsAbout(services: PrivacyServices, accesses: readonly Access[]): Promise<Facts> {
  const { db, clock, organisations } = services;
  const users = [...new Set(accesses.map(({ user }) => user))];
  const persons = [...new Set(accesses.map(({ person }) => person))];
  const today = dayOf(clock());
  const [holdings, employers, records, { policy }, graph, worked] = await Promise.all([
    holdingsOfMany(db, users),
    employersOf(db, persons),
    services.recordsOf(persons),
    rulesInForce(db, today),
    organisations.graph(),
    daysWorked(db, users, clock()),
  ]);
  const patients = [...records].flatMap(([person, all]) =>
    all.map(({ patientId }) => [patientId, person] as const),
  );
  const personOf = new Map(patients);
  const ties = Map.groupBy(await tiesOfMany(db, [...personOf.keys()]), ({ patientId }) =>
    personOf.get(patientId)!,
  );
  const ruleOf = new Map(policy.relationships.map((rule) => [rule.kind as string, rule]));
  const held = Map.groupBy(holdings, ({ user }) => user);
  const jobs = Map.groupBy(employers, ({ person }) => person);
  const asPeople = [...new Set(holdings.flatMap(({ person }) => person ?? []))];
  const homes = await homesOf(services, [...persons, ...asPeople]);
  const bodies = (id: string): string[] => graphRules.allBodiesOver(graph, id, today);
  return {
    hasRelationship: (user, person, at) =>
      (held.get(user) ?? []).some(
        (post) =>
          holdsAt(post, at.getTime()) &&
          (ties.get(person) ?? []).some((tie) =>
            isTied(tie, user, post, bodies, ruleOf.get(tie.kind), at.getTime()),
          ),
      ),
    tie: (user, person) => tieOf(person, held.get(user) ?? [], jobs.get(person) ?? [], homes),
    isOffDuty: (user, at) => isUnusual(worked.get(user), at),
  };
}

/** What somebody said of themselves proves nothing to an officer. */
const selfClaimed = 'self-claimed';

function isTied(
  tie: Tied,
  user: string,
  post: Holding,
  bodies: (id: string) => string[],
  rule: RelationshipRule | undefined,
  at: number,
): boolean {
  if (rule === undefined || rule.kind === selfClaimed || at < tie.from) return false;
  if (tie.to !== null && at >= tie.to + rule.graceDays * dayMs) return false;
  if (rule.longestHours !== null && at >= tie.from + rule.longestHours * 3_600_000) return false;
  if (tie.organisation !== post.organisation && !bodies(post.organisation).includes(tie.organisation))
    return false;
  if (tie.user !== null) return tie.user === user;
  return tie.team === null || post.teams.includes(tie.team);
}

function tieOf(
  person: string,
  held: readonly Holding[],
  jobs: readonly { organisation: string }[],
  homes: ReadonlyMap<string, readonly string[]>,
): Tie | undefined {
  if (held.some((post) => post.person === person)) return 'self';
  const theirs = homes.get(person) ?? [];
  const own = held.flatMap((post) => (post.person === null ? [] : (homes.get(post.person) ?? [])));
  if (theirs.some((home) => own.includes(home))) return 'family';
  if (held.some((post) => jobs.some((job) => job.organisation === post.organisation))) return 'colleague';
  const places = new Set(own.map(placeOf));
  return theirs.some((home) => places.has(placeOf(home))) ? 'neighbour' : undefined;
}

/** The place of a home, which stands behind its family name. */
const placeOf = (home: string): string => home.slice(home.lastIndexOf(' ') + 1);

async function homesOf(
  { personsOf, recordsOf }: PrivacyServices,
  persons: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const records = await recordsOf(persons);
  const first = new Map(
    [...records].flatMap(([person, all]) => (all[0] === undefined ? [] : [[all[0].patientId, person]])),
  );
  const behind = await personsOf([...first.keys()]);
  return new Map([...first].map(([patientId, person]) => [person, behind.get(patientId)?.homes ?? []]));
}
