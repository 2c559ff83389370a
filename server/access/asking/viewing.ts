import type { Clock } from '../../platform/clock.ts';
import { openFor, pastWall, type CopyPart, type Queryable } from '../../platform/db/index.ts';
import { onceInPage } from '../../platform/one-page.ts';
import { decide, permits } from '../decide/decide.ts';
import { ukDay } from '../moments.ts';
import type { Desk, KnownOfMany } from '../store/desk.ts';
import type { Context, Decision, Item, PersonFacts, Subject } from '../types.ts';
import type { Access, Accesses } from './accesses.ts';
import { narrowApp } from './app-filter.ts';
import type { Parties, PartiesOn } from './parties.ts';
import type { PersonBehind, PersonsOf } from './people.ts';
import { reachOf, type EveryPatientOf } from './reach.ts';
import type { Asker, Piece, Put, Viewing } from './types.ts';

export type ViewingParts = {
  db: Queryable;
  desk: Desk;
  clock: Clock;
  partiesOn: PartiesOn;
  personsOf: PersonsOf;
  everyPatientOf: EveryPatientOf;
};

type Known = Extract<Asker, { kind: 'known' }>;

/** Who asks, with the id of the post they act in, by which it is known whether they still hold it. */
export type Standing = {
  asker: Known;
  postId: string | null;
  /** The homes of who asks, where it is known who they are as a patient. */
  homes: readonly string[];
};

/** What was read is asked again after this long, so that a change counts within a second in requests that last. */
const freshMs = 500;

const nobody: Awaited<ReturnType<PersonsOf>> = new Map();

type PersonKnown = { behind: PersonBehind; facts: PersonFacts; seals: ReadonlyMap<string, Item['seal']> };
type Read = {
  at: number;
  known: Map<string, PersonKnown>;
  subject: Subject;
  of: KnownOfMany | undefined;
  reach?: ReturnType<Viewing['reach']>;
};

/** Makes the rows that put accesses on record in the transaction they are sent with. */
export type Recorder = (accesses: readonly Access[]) => CopyPart[];

/** Makes the one `Viewing` of a request. What is about to be shown, and what was refused, is told to `accesses`. */
export function createViewing(
  parts: ViewingParts,
  standing: Standing,
  accesses: Accesses,
  recorder: Recorder,
): Viewing {
  const { asker } = standing;
  const narrowed = narrowApp(asker.app);
  let read: Read | undefined;

  const look = async (pieces: readonly Piece[]): Promise<Read & { of: KnownOfMany }> => {
    const at = parts.clock().getTime();
    if (read === undefined || at - read.at >= freshMs)
      read = { at, known: new Map(), subject: asker.subject, of: undefined };
    const current = read;
    const wanted = [...new Set(pieces.flatMap(({ patientId }) => patientId ?? []))];
    const missing = wanted.filter((id) => !current.known.has(id));
    if (missing.length > 0 || current.of === undefined) await learn(current, missing);
    return current as Read & { of: KnownOfMany };
  };

  const learn = async (current: Read, patientIds: readonly string[]): Promise<void> => {
    const { at } = current;
    const user = asker.subject.id;
    const { behind, people, of } = await onceInPage(parts.desk, `${user} ${patientIds.join()}`, async () => {
      const found = patientIds.length === 0 ? nobody : await parts.personsOf(patientIds);
      const each = new Map([...found.values()].map((one) => [one.person, one]));
      const asked = { user, people: [...each.values()], at, day: ukDay(at) };
      return { behind: found, people: each, of: await parts.desk.knowMany(asked) };
    });
    const made = new Map([...people].map(([id, person]) => [id, knownOf(person, of, standing)]));
    for (const patientId of patientIds) {
      const person = behind.get(patientId);
      if (person === undefined) throw new Error('A patient without a person behind it was asked about.');
      current.known.set(patientId, made.get(person.person)!);
      accesses.meet(patientId, person.person);
    }
    current.of = of;
    current.subject = stillStanding(standing, of);
  };

  /** Whoever may see something of a person is before an open wall for that person: it keeps a slip within one record. */
  const openWall = ({ patientId }: Piece): void => {
    if (patientId !== null) openFor(read?.known.get(patientId)?.behind.patientIds ?? [patientId]);
  };

  const questions = (pieces: readonly Piece[], put: Put) =>
    pastWall('deciding', () => questionsOf(pieces, put));

  const questionsOf = async (pieces: readonly Piece[], put: Put) => {
    const { of, at, known, subject } = await look(pieces);
    const day = ukDay(at);
    const parties = await parts.partiesOn(
      day,
      pieces.map(({ source }) => source),
    );
    const context = {
      at,
      day,
      purpose: asker.purpose,
      signIn: asker.signIn,
      byPlace: put.byPlace ?? false,
      project: asker.project,
    };
    const contextOf = (piece: Piece): Context => ({ ...context, app: narrowed(piece).app });
    const itemOf = (piece: Piece): Item => asItem(piece, known, parties);
    return { subject, contextOf, itemOf, policy: of.policy };
  };

  return {
    asker,
    seesAll: false,
    async decide(action, pieces, put = {}) {
      if (pieces.length === 0) return [];
      const { subject, contextOf, itemOf, policy } = await questions(pieces, put);
      const alike = new Map<string, Decision>();
      return pieces.map((piece) => {
        const item = itemOf(piece);
        const key = item.seal === null ? `${narrowed(piece).kind} ${kindOf(piece)}` : undefined;
        let decision = key === undefined ? undefined : alike.get(key);
        decision ??= decide(subject, action, item, contextOf(piece), policy);
        if (key !== undefined) alike.set(key, decision);
        accesses.decided(asker.purpose, action, piece, decision);
        if (decision.effect === 'permit') openWall(piece);
        return decision;
      });
    },
    async lists(pieces, put = {}) {
      if (pieces.length === 0) return [];
      const { subject, contextOf, itemOf, policy } = await questions(pieces, put);
      const alike = new Map<string, boolean>();
      return pieces.map((piece) => {
        const item = itemOf(piece);
        if (item.seal !== null) return permits(subject, 'search', item, contextOf(piece), policy);
        const key = `${narrowed(piece).kind} ${kindOf(piece)}`;
        let permitted = alike.get(key);
        if (permitted === undefined)
          alike.set(key, (permitted = permits(subject, 'search', item, contextOf(piece), policy)));
        return permitted;
      });
    },
    async reach() {
      const current = await look([]);
      current.reach ??= reachOf(parts, {
        subject: current.subject,
        purpose: asker.purpose,
        at: current.at,
        day: ukDay(current.at),
        policy: current.of.policy,
      });
      return current.reach;
    },
    shows: (shown) => accesses.shown(asker.purpose, shown),
    changes(changed) {
      const own = accesses.of(asker.purpose, changed);
      return { rows: () => recorder(own), committed: () => accesses.areOnRecord(own) };
    },
  };
}

/** The subject as they stand now: a post that was taken away or changed since the request began is no longer in force. */
function stillStanding({ asker: { subject }, postId }: Standing, { posts }: KnownOfMany): Subject {
  if (subject.kind === 'resident' || postId === null) return subject;
  const { role, organisation, from } = subject.post;
  const kept = posts.find(({ id }) => id === postId) ?? { teams: [], from, to: from };
  return {
    ...subject,
    post: { role, organisation, teams: kept.teams, from: kept.from, to: kept.to },
  };
}

function knownOf(behind: PersonBehind, of: KnownOfMany, { asker, homes }: Standing): PersonKnown {
  const { person, born, died, restricted } = behind;
  const { seals, ...kept } = of.facts.get(person)!;
  const isFamily = asker.subject.person !== person && behind.homes.some((home) => homes.includes(home));
  return {
    behind,
    seals,
    facts: { person, born, died, restricted, ...kept, family: isFamily ? [asker.subject.id] : [] },
  };
}

function asItem(piece: Piece, known: ReadonlyMap<string, PersonKnown>, parties: Parties): Item {
  const about = piece.patientId === null ? undefined : known.get(piece.patientId);
  return {
    dataClass: piece.dataClass,
    type: piece.type,
    holder: parties.holder(piece.source),
    labels: piece.labels,
    seal: about?.seals.get(`${piece.type}/${piece.id}`) ?? null,
    form: 'identifiable',
    about: about?.facts ?? null,
  };
}

/** Pieces of one kind are decided alike, but for seals, which lie on single ones. */
const kindOf = ({ patientId, type, dataClass, source, labels }: Piece): string =>
  `${patientId} ${type} ${dataClass} ${source} ${labels.join()}`;

/** Refuses everything: of whoever did not sign in. */
export const nobodyViewing: Viewing = {
  asker: { kind: 'nobody' },
  seesAll: false,
  decide: async (_action, pieces) => pieces.map(() => notSignedIn),
  lists: async (pieces) => pieces.map(() => false),
  reach: async () => [],
  shows: () => {
    throw new Error('Nothing may be shown to somebody who did not sign in.');
  },
  changes: () => {
    throw new Error('Nothing may be changed by somebody who did not sign in.');
  },
};

const notSignedIn: Decision = {
  effect: 'deny',
  silent: false,
  obligations: [],
  reasons: [
    {
      rule: 'not-signed-in',
      says: 'You are not signed in.',
      wayOut: 'Sign in first.',
      source: 'Default deny',
      confirmed: true,
    },
  ],
};
