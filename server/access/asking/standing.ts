import { sourceOfCode } from '../../organisations/index.ts';
import { onceInPage } from '../../platform/one-page.ts';
import { Problem } from '../../platform/errors.ts';
import { holdsAt, ukDay } from '../moments.ts';
import type { AppVisit, FhirScope, HeldRole, Identity, Program, Session } from '../sign-in/index.ts';
import type { CompiledPolicy } from '../compiled.ts';
import type { KeptPost } from '../store/posts.ts';
import type { App, Grant, Post, Subject, UserId, Worker } from '../types.ts';
import { purposes, type Purpose, type SignInLevel } from '../words.ts';
import type { PersonBehind } from './people.ts';
import type { Standing, ViewingParts } from './viewing.ts';

export type StandingParts = ViewingParts & {
  /** The person who has an NHS number and was born on a day. */
  personOfNumber(nhsNumber: string, born: string): Promise<PersonBehind | undefined>;
};

export type Standings = {
  ofVisit(session: Session, purpose: PurposeAsked): Promise<Standing>;
  ofProgram(program: Program, purpose: PurposeAsked): Promise<Standing>;
  ofApp(visit: AppVisit, purpose: PurposeAsked): Promise<Standing>;
};

/** The id of a user: the name of their provider, and what that calls them. It holds no name. */
export const userIdOf = ({ provider, subject }: Identity): UserId => `${provider}:${subject}`;

/** The role of a program whose registration says no other: it joins the system of a care provider. */
const usualProgramRole = 'L-PROGRAM-CARE';

/** Finds out as whom somebody asks. Throws a Problem in plain words for somebody who may not ask anything now. */
export function createStandings(parts: StandingParts): Standings {
  const { desk, clock, partiesOn, personsOf, personOfNumber } = parts;

  /** What a user holds now, and the organisation of a code. */
  const known = async (user: UserId, code?: string) => {
    const at = clock().getTime();
    const day = ukDay(at);
    const source = code === undefined ? [] : [sourceOfCode(code)];
    const [{ posts, policy }, parties] = await Promise.all([
      onceInPage(desk, `held ${user}`, () => desk.knowMany({ user, people: [], at, day })),
      partiesOn(day, source),
    ]);
    const party = source.map((each) => parties.named(each))[0];
    return { posts: posts.filter((post) => holdsAt(post, at)), policy, party };
  };

  const homesOf = async (person: string | null): Promise<readonly string[]> =>
    person === null
      ? []
      : ((await onceInPage(personsOf, person, () => personsOf([person]))).get(person)?.homes ?? []);

  const ofStaff = async (identity: Identity, role: HeldRole, purpose: PurposeAsked) => {
    const id = userIdOf(identity);
    const { posts, policy, party } = await known(id, role.organisation);
    const post = posts.find((each) => each.role === role.role && each.organisation === party?.id);
    if (post === undefined || party === undefined) throw noPost();
    const subject: Worker = {
      kind: 'staff',
      id,
      person: post.person,
      post: { role: post.role, organisation: party, teams: post.teams, from: post.from, to: post.to },
    };
    const asked = purposeOf(purpose, subject, policy);
    const signIn = staffLevels[identity.assurance] ?? 'none';
    return standing(subject, asked, signIn, post.id, await homesOf(post.person));
  };

  const ofResident = async (identity: Identity, purpose: PurposeAsked): Promise<Standing> => {
    const { nhsNumber, birthDate } = identity;
    const behind =
      nhsNumber === undefined || birthDate === undefined
        ? undefined
        : await personOfNumber(nhsNumber, birthDate);
    if (behind === undefined) throw noRecord();
    const subject: Subject = { kind: 'resident', id: userIdOf(identity), person: behind.person };
    const { policy } = await known(subject.id);
    const signIn = residentLevels[identity.assurance] ?? 'none';
    return standing(subject, purposeOf(purpose, subject, policy), signIn, null, behind.homes);
  };

  const ofVisit: Standings['ofVisit'] = async ({ identity, role }, purpose) => {
    if (identity.kind === 'person') return ofResident(identity, purpose);
    if (role === undefined) throw noRole();
    return ofStaff(identity, role, purpose);
  };

  return {
    ofVisit,
    async ofProgram({ client, scopes }, purpose) {
      const { posts, policy, party } = await known(client.clientId, client.organisation);
      if (party === undefined) throw noOrganisation();
      const post = posts.find(({ kind, organisation: at }) => kind === 'program' && at === party.id);
      const subject: Worker = {
        kind: 'program',
        id: client.clientId,
        person: null,
        post: { ...roleOf(post, client), organisation: party },
      };
      const found = standing(
        subject,
        purposeOf(purpose, subject, policy),
        'signed-token',
        post?.id ?? null,
        [],
      );
      return withApp(found, { name: client.name, grants: scopes.map(grantOf), person: null });
    },
    async ofApp({ client, session, scopes, patientId }, purpose) {
      const found = await ofVisit(session, purpose);
      const about = patientId === undefined ? undefined : (await personsOf([patientId])).get(patientId);
      const person = about?.person ?? null;
      return withApp(found, { name: client.name, grants: scopes.map(grantOf), person });
    },
  };
}

const standing = (
  subject: Subject,
  purpose: Purpose,
  signIn: SignInLevel,
  postId: string | null,
  homes: readonly string[],
): Standing => ({
  asker: { kind: 'known', subject, purpose, signIn, app: null, project: null },
  postId,
  homes,
});

const withApp = (found: Standing, app: App): Standing => ({ ...found, asker: { ...found.asker, app } });

/** The post that was given to a program; else its registration is one. */
function roleOf(post: KeptPost | undefined, { from, to }: Program['client']): Omit<Post, 'organisation'> {
  if (post === undefined)
    return { role: usualProgramRole, teams: [], from: from.getTime(), to: to?.getTime() ?? null };
  return { role: post.role, teams: post.teams, from: post.from, to: post.to };
}

const grantOf = ({ level, type, actions, query }: FhirScope): Grant => ({ level, type, actions, query });

/** Levels as providers say them: CIS2 0 to 3, NHS login 0, 5 and 9. */
const staffLevels: Readonly<Record<number, SignInLevel>> = { 1: 'AAL1', 2: 'AAL2', 3: 'AAL3' };
const residentLevels: Readonly<Record<number, SignInLevel>> = { 0: 'P0', 5: 'P5', 9: 'P9' };

/** Why somebody says they ask: in this request, or by a choice made before. */
export type PurposeAsked = { said: string | undefined; chosen: string | undefined };

/**
 * Why somebody asks: as they say, else as they chose where that still fits their role, else what is usual for their role. What is
 * said and is nobody's in this role is refused.
 */
export function purposeOf(asked: PurposeAsked, subject: Subject, policy: CompiledPolicy): Purpose {
  const allowed = purposesFor(subject, policy);
  const said = allowed.find((purpose) => purpose === asked.said);
  if (asked.said !== undefined && said === undefined) throw unknownPurpose(allowed);
  const chosen = said ?? allowed.find((purpose) => purpose === asked.chosen);
  if (chosen !== undefined) return chosen;
  if (subject.kind === 'resident') return 'PATRQT';
  return policy.profileOfRole.get(subject.post.role)?.profile.usualPurpose ?? 'TREAT';
}

/** Nobody says this of themselves: it follows from a glass that was broken, with a reason, told and reviewed. */
const byBreakingTheGlass: Purpose = 'BTG';

/** The purposes somebody may ask for. */
export const purposesFor = (subject: Subject, policy: CompiledPolicy): Purpose[] =>
  purposes.filter(
    (purpose) => purpose !== byBreakingTheGlass && policy.branchFor.has(`${subject.kind} ${purpose}`),
  );

const unknownPurpose = (allowed: readonly Purpose[]): Problem =>
  new Problem('access/unknown-purpose', 400, 'Nothing may be asked for this purpose.', {
    place: 'Purpose-Of-Use',
    wayOut: `Leave it out, or say one of: ${allowed.join(', ')}.`,
  });
const noRole = (): Problem =>
  new Problem('access/no-role-chosen', 403, 'You hold several roles, and have not said which you act in.', {
    wayOut: 'Choose your role, then ask again.',
  });
const noPost = (): Problem =>
  new Problem('access/role-not-in-force', 403, 'Your role is not in force.', {
    wayOut: 'Choose another role, or ask the person who manages staff access to have yours recorded.',
  });
const noRecord = (): Problem =>
  new Problem(
    'access/no-record-of-yours',
    403,
    'There is no record here with your NHS number and birth date.',
    {
      wayOut: 'Ask your GP practice whether it shares records here, and whether your details are right.',
    },
  );
const noOrganisation = (): Problem =>
  new Problem(
    'access/organisation-not-known',
    403,
    'The organisation of this program is not in the directory.',
    {
      wayOut: 'Have the organisation loaded, or register the program for another.',
    },
  );
