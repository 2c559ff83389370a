import { Problem } from '../../platform/errors.ts';
import { createParties } from '../asking/parties.ts';
import { ukDay } from '../moments.ts';
import type { PrivacyServices } from '../privacy/services.ts';
import { openDesk } from '../store/desk.ts';
import type { Effect, PersonFacts } from '../types.ts';
import { columns, couldSee, type Column } from './could-see.ts';
import { shapesInForce } from './shapes.ts';

/** Who could see a person today: a line for each sort of post, counted, with what of the record is open to it. */
export type WhoCouldSee = {
  at: Date;
  columns: Column[];
  holders: string[];
  lines: {
    organisation: string;
    organisationKind: string;
    role: string;
    teams: number;
    users: number;
    effects: Effect[];
    why: string | null;
  }[];
  /** Users with a post in force, those who see nothing included. */
  users: number;
  /** Users to whom anything is open, and to whom it would be by breaking the glass. */
  open: number;
  breakable: number;
};

/** Works out who could see a person now, from the posts in force and what is known of the person. */
export async function whoCouldSee(services: PrivacyServices, personId: string): Promise<WhoCouldSee> {
  const { db, clock, organisations } = services;
  const records = (await services.recordsOf([personId])).get(personId) ?? [];
  const behind = (await services.personsOf(records.map(({ patientId }) => patientId))).get(
    records[0]?.patientId ?? '',
  );
  if (behind === undefined) throw noPerson();
  const now = clock();
  const [at, day] = [now.getTime(), ukDay(now.getTime())];
  const { facts, policy } = await openDesk(db).know({
    user: '',
    person: behind.person,
    patientIds: behind.patientIds,
    at,
    day,
  });
  const { seals: _seals, ...kept } = facts;
  const { person, born, died, restricted } = behind;
  const about: PersonFacts = { person, born, died, restricted, ...kept, family: [] };
  const named = [
    ...facts.relationships.flatMap(({ user }) => user ?? []),
    ...facts.choices.flatMap(({ user }) => user ?? []),
    ...facts.glass.map(({ user }) => user),
  ];
  const shapes = await shapesInForce(db, now, { users: named, person });
  const sources = records.map(({ source }) => source);
  const parties = await createParties(organisations)(day, sources);
  const holders = [
    ...new Map(sources.map((source) => parties.holder(source)).map((each) => [each.id, each])).values(),
  ];
  const inForce = shapes.flatMap((shape) => {
    const party = parties.party(shape.organisation);
    return party === undefined ? [] : [{ ...shape, party }];
  });
  const found = couldSee(inForce, about, holders, policy, { at, day });
  const lines = found
    .map(({ role, organisation, teams, users, effects, reason }) => ({
      organisation: organisation.name,
      organisationKind: organisation.kind,
      role: policy.profileOfRole.get(role)?.profile.words ?? `role ${role}`,
      roleCode: role,
      teams: teams.length,
      users,
      effects,
      why: reason?.says ?? null,
    }))
    .toSorted((a, b) => count(b.effects) - count(a.effects) || b.users - a.users);
  const reach = (effect: Effect): number =>
    lines.filter((line) => highest(line.effects) === effect).reduce((sum, line) => sum + line.users, 0);
  return {
    at: now,
    columns,
    holders: holders.map(({ name }) => name),
    lines,
    users: shapes.reduce((sum, shape) => sum + shape.users, 0),
    open: reach('permit'),
    breakable: reach('break-glass'),
  };
}

const count = (effects: readonly Effect[]): number =>
  effects.reduce((sum, effect) => sum + (effect === 'permit' ? 100 : effect === 'break-glass' ? 1 : 0), 0);

const highest = (effects: readonly Effect[]): Effect =>
  effects.includes('permit') ? 'permit' : effects.includes('break-glass') ? 'break-glass' : 'deny';

const noPerson = (): Problem =>
  new Problem('privacy/no-such-person', 404, 'There is no such person here.', {
    wayOut: 'Find the person first, and copy their id.',
  });
