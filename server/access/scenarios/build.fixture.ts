import assert from 'node:assert/strict';
import { dayOf } from '../../organisations/index.ts';
import { decide } from '../decide/decide.ts';
import { reasonsToTell } from '../decide/explain.ts';
import { compile } from '../policy/compile.ts';
import { shippedPolicy } from '../policy/read.ts';
import type {
  Action,
  App,
  Choice,
  Context,
  Decision,
  GlassUse,
  Item,
  Party,
  PersonFacts,
  Proxy,
  Recorded,
  Relationship,
  Resident,
  Worker,
} from '../types.ts';
import type {
  ChoiceKind,
  DataClass,
  Label,
  Obligation,
  ProxyKind,
  Purpose,
  RecordedKind,
  RelationshipKind,
} from '../words.ts';
import { agreements, trust } from './parties.fixture.ts';

/** Words to write scenarios with. Now is noon on 12 May 2026, unless a scenario says otherwise. */

export const now = '2026-05-12T12:00:00Z';
export const policy = compile(shippedPolicy(), agreements);

const moment = (text: string): number => Date.parse(text);
const span = (from = '2026-01-01T00:00:00Z', to: string | null = null) => ({
  from: moment(from),
  to: to === null ? null : moment(to),
});

type Until = { from?: string; to?: string | null };

/** A person, 46 years old, about whom only what is given is known. */
export const person = (...facts: Partial<PersonFacts>[]): PersonFacts => {
  const whole: PersonFacts = {
    person: 'ann',
    born: '1980-03-01',
    died: null,
    restricted: false,
    relationships: [],
    choices: [],
    proxies: [],
    glass: [],
    recorded: [],
    employers: [],
    family: [],
  };
  const joined = facts.reduce<Record<string, unknown>>(
    (all, each) => {
      for (const [key, value] of Object.entries(each)) {
        all[key] = Array.isArray(value) ? [...(all[key] as unknown[]), ...value] : value;
      }
      return all;
    },
    { ...whole },
  );
  return joined as PersonFacts;
};

export const bornOn = (born: string) => ({ born });
export const diedOn = (died: string) => ({ died });
export const whereaboutsProtected = { restricted: true };
export const worksAt = (party: Party) => ({ employers: [party.id] });
export const familyOf = (user: string) => ({ family: [user] });

type With = Until & { team?: string; user?: string };
const related = (
  kind: RelationshipKind,
  party: Party | string,
  more: With = {},
): { relationships: Relationship[] } => ({
  relationships: [
    {
      id: `${kind}-1`,
      kind,
      organisation: typeof party === 'string' ? party : party.id,
      team: more.team ?? null,
      user: more.user ?? null,
      evidence: `${kind} recorded`,
      ...span(more.from, more.to),
    },
  ],
});
export const registeredAt = (party: Party, more?: With) => related('registered', party, more);
export const referredTo = (party: Party, more?: With) => related('referral', party, more);
export const admittedTo = (party: Party, more?: With) => related('admission', party, more);
export const attended = (party: Party, more?: With) => related('attendance', party, more);
export const caredForBy = (party: Party | string, team: string, more?: Until) =>
  related('care-team', party, { ...more, team });
export const onCaseloadOf = (party: Party | string, more?: With) => related('caseload', party, more);
export const discussedIn = (party: Party, team: string, more?: Until) =>
  related('meeting-item', party, { ...more, team });
export const claimedBy = (party: Party, user: string, more?: Until) =>
  related('self-claimed', party, { ...more, user });
export const enquiredInto = (party: Party, more?: With) => related('safeguarding-enquiry', party, more);
export const deathReferredTo = (party: Party) => related('after-death', party);

type About = Until & { organisation?: Party; user?: string; project?: string };
export const chose = (kind: ChoiceKind, more: About = {}): { choices: Choice[] } => ({
  choices: [
    {
      kind,
      organisation: more.organisation?.id ?? null,
      user: more.user ?? null,
      project: more.project ?? null,
      ...span(more.from, more.to),
    },
  ],
});
export const recorded = (kind: RecordedKind, more: Until = {}): { recorded: Recorded[] } => ({
  recorded: [{ kind, ...span(more.from, more.to) }],
});
export const actedForBy = (
  proxy: string,
  kind: ProxyKind,
  more: Until & { classes?: DataClass[] } = {},
): { proxies: Proxy[] } => ({
  proxies: [{ proxy, kind, classes: more.classes ?? null, ...span(more.from, more.to) }],
});
export const glassBrokenBy = (
  user: string,
  from: string,
  to: string | null = null,
): { glass: GlassUse[] } => ({
  glass: [{ user, reason: 'unconscious, no history', ...span(from, to) }],
});

type Employed = Until & { id?: string; person?: string; teams?: string[]; kind?: 'staff' | 'program' };
/** Somebody in a role somewhere; called `sam` unless said. */
export const worker = (role: string, organisation: Party, more: Employed = {}): Worker => ({
  kind: more.kind ?? 'staff',
  id: more.id ?? 'sam',
  person: more.person ?? null,
  post: {
    role,
    organisation,
    teams: more.teams ?? [],
    ...span(more.from ?? '2020-01-01T00:00:00Z', more.to),
  },
});
export const doctor = (at: Party, more?: Employed) => worker('R8000', at, more);
export const nurse = (at: Party, more?: Employed) => worker('R8001', at, more);
export const receptionist = (at: Party, more?: Employed) => worker('R8009', at, more);
export const socialWorker = (at: Party, more?: Employed) => worker('R8014', at, more);
export const childProtectionWorker = (at: Party, more?: Employed) => worker('R9535', at, more);
export const drugWorker = (at: Party, more?: Employed) => worker('L-DRUG-WORKER', at, more);
export const analyst = (at: Party, more?: Employed) => worker('R1840', at, more);
export const program = (role: string, at: Party, more?: Employed) =>
  worker(role, at, { ...more, kind: 'program' });
/** Somebody signed in as themselves. */
export const resident = (who = 'ann'): Resident => ({ kind: 'resident', id: `login-${who}`, person: who });

type Held = { by?: Party; labels?: Label[]; seal?: Item['seal']; form?: Item['form']; type?: string };
/** A piece of information about a person; the hospital trust holds it unless said. */
export const item = (dataClass: DataClass, about: PersonFacts | null, held: Held = {}): Item => ({
  dataClass,
  type: held.type ?? 'Observation',
  holder: held.by ?? trust,
  labels: held.labels ?? [],
  seal: held.seal ?? null,
  form: held.form ?? 'identifiable',
  about,
});
export const sealedBy = (party: Party, team: string | null = null): Held['seal'] => ({
  level: 'sealed',
  organisation: party.id,
  team,
});
export const lockedBy = (party: Party, team: string | null = null): Held['seal'] => ({
  level: 'locked',
  organisation: party.id,
  team,
});

type How = {
  to?: Action;
  for?: Purpose;
  at?: string;
  signIn?: Context['signIn'];
  app?: App;
  byPlace?: boolean;
  project?: string;
};
export const usualSignIn = { staff: 'AAL3', program: 'signed-token', resident: 'P9' } as const;

export function contextOf(who: Worker | Resident, how: How = {}): Context {
  const at = moment(how.at ?? now);
  return {
    at,
    day: dayOf(new Date(at)),
    purpose: how.for ?? (who.kind === 'resident' ? 'PATRQT' : 'TREAT'),
    signIn: how.signIn ?? usualSignIn[who.kind],
    app: how.app ?? null,
    byPlace: how.byPlace ?? false,
    project: how.project ?? null,
  };
}

/** What is decided when somebody wants to see something; how may say otherwise. */
export const asks = (who: Worker | Resident, what: Item, how: How = {}): Decision =>
  decide(who, how.to ?? 'read', what, contextOf(who, how), policy);

const rulesOf = (decision: Decision): string[] => decision.reasons.map(({ rule }) => rule);

export function permitted(decision: Decision, ...owed: Obligation[]): void {
  assert.equal(decision.effect, 'permit', JSON.stringify(decision.reasons));
  assert.deepEqual(decision.obligations, owed);
}

/** Refused by exactly these rules, and said so. */
export function refused(decision: Decision, ...rules: string[]): void {
  assert.equal(decision.effect, 'deny', JSON.stringify(decision.reasons));
  assert.deepEqual(rulesOf(decision), rules);
  assert.equal(decision.silent, false, 'the refusal says why');
  assert.ok(
    decision.reasons.every(({ wayOut }) => wayOut !== null && wayOut.length > 10),
    'it says how to ask',
  );
}

/** Refused by this rule, and whoever asked learns nothing but that nothing is there. */
export function hidden(decision: Decision, ...rules: string[]): void {
  assert.equal(decision.effect, 'deny', JSON.stringify(decision.reasons));
  assert.deepEqual(rulesOf(decision), rules);
  assert.deepEqual(
    reasonsToTell(decision).map(({ rule }) => rule),
    ['nothing-here'],
  );
}

/** Not without breaking the glass, because of these rules. */
export function behindGlass(decision: Decision, ...rules: string[]): void {
  assert.equal(decision.effect, 'break-glass', JSON.stringify(decision.reasons));
  assert.deepEqual(rulesOf(decision), rules);
  assert.ok(decision.obligations.includes('tell-privacy-officer'));
  assert.ok(decision.obligations.includes('review'));
}

/** The duties hold one, and not another. */
export function owes(duties: readonly Obligation[], due: Obligation, notDue: Obligation): void {
  assert.ok(duties.includes(due), `${due} in ${duties.join()}`);
  assert.ok(!duties.includes(notDue), `no ${notDue} in ${duties.join()}`);
}
