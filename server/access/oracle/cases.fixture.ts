import { randomOf, type Random } from '../../../test/support/mutate.ts';
import { shippedPolicy } from '../policy/read.ts';
import { usualSignIn, item, person, resident, worker } from '../scenarios/build.fixture.ts';
import * as parties from '../scenarios/parties.fixture.ts';
import type {
  Action,
  App,
  Context,
  Grant,
  Item,
  Party,
  PersonFacts,
  Resident,
  Seal,
  Worker,
} from '../types.ts';
import {
  choiceKinds,
  dataClasses,
  labels,
  proxyKinds,
  purposes,
  recordedKinds,
  relationshipKinds,
  signInLevels,
  type Purpose,
} from '../words.ts';

export type Case = { subject: Worker | Resident; action: Action; item: Item; context: Context };

const partners = Object.values(parties).filter((each): each is Party => 'bodies' in each);
const { profiles } = shippedPolicy();
const noon = Date.parse('2026-05-12T12:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
/** Where spans begin and end: much before, at the edges that rules look at, and after now. */
const edges = [
  -400 * day,
  -90 * day,
  -90 * day + 1,
  -28 * day,
  -28 * day + 1,
  -27 * day,
  -25 * hour,
  -24 * hour,
  -hour,
  -hour + 1,
  -1,
  0,
  1,
  30 * day,
];
const teams = ['red', 'blue'];
const users = ['sam', 'kim'];

/**
 * A made-up request, by the same random numbers the same. Most begin where the policy may permit and differ in a few points, so
 * that each rule is often the one that decides.
 */
export function caseOf(random: Random): Case {
  const pick = <Each>(list: readonly Each[]): Each => list[Math.floor(random() * list.length)]!;
  const chance = (share: number): boolean => random() < share;
  const some = <Each>(share: number, make: () => Each): Each[] => {
    const found: Each[] = [];
    while (found.length < 3 && chance(share)) found.push(make());
    return found;
  };
  const span = () => {
    const from = noon + (chance(0.6) ? -400 * day : pick(edges));
    return { from, to: chance(0.6) ? null : noon + pick(edges) };
  };

  const asResident = chance(0.2);
  const organisation = pick(partners);
  const purpose = purposeOf(asResident);
  const subject = asResident ? resident(pick(['ann', 'ann', 'bob'])) : workerOf();
  const about = chance(0.02) ? null : personOf();
  const dataClass = chance(0.04) ? 'directory' : pick(dataClasses);
  const what = item(dataClass, about, {
    by: chance(0.45) ? organisation : chance(0.2) ? parties.practice : pick(partners),
    labels: some(0.3, () => pick(labels)),
    seal: chance(0.12) ? sealOf() : null,
    form: pick(purpose === 'TREAT' ? ['identifiable'] : ['identifiable', 'pseudonymised', 'anonymous']),
    type: pick(['Observation', 'Patient']),
  });
  const context: Context = {
    at: noon,
    day: '2026-05-12',
    purpose,
    signIn: chance(0.9) ? usualSignIn[subject.kind] : pick(signInLevels),
    app: chance(0.15) ? appOf() : null,
    byPlace: chance(0.15),
    project: chance(0.3) ? 'tide' : null,
  };
  return { subject, action: actionOf(), item: what, context };

  function purposeOf(own: boolean): Purpose {
    if (chance(0.1)) return pick(purposes);
    if (own) return pick(['PATRQT', 'FAMRQT', 'PWATRNY']);
    return pick([
      'TREAT',
      'TREAT',
      'ETREAT',
      'COC',
      'PATADMIN',
      'THREAT',
      'HDECD',
      'HCOMPL',
      'HRESCH',
      'HRESCH',
      'HQUALIMP',
      'HOPERAT',
      'HPAYMT',
    ]);
  }

  function workerOf(): Worker {
    const fitting = profiles.filter(
      (each) =>
        (purpose === 'THREAT' && each.safeguards) ||
        (purpose === 'HCOMPL' && each.oversees) ||
        (purpose === 'HDECD' && each.afterDeath) ||
        (/^H(RES|QUAL|OPER|PAY)/.test(purpose) && each.analyses),
    );
    const profile =
      chance(0.85) && fitting.length > 0
        ? pick(fitting)
        : pick(chance(0.5) ? profiles.slice(0, 1) : profiles);
    const made = worker(chance(0.02) ? 'R-UNKNOWN' : pick(profile.roles).code, organisation, {
      id: 'sam',
      ...(chance(0.2) && { person: 'ann' }),
      teams: chance(0.7) ? [pick(teams)] : teams,
      kind: chance(0.1) ? 'program' : 'staff',
    });
    const edge = span();
    return { ...made, post: { ...made.post, ...(chance(0.15) ? edge : {}) } };
  }

  function personOf(): PersonFacts {
    const age = pick([0, 11, 12, 13, 15, 16, 17, 18, 40]);
    const near = () => (chance(0.75) ? organisation.id : pick([...organisation.bodies, pick(partners).id]));
    const kinds =
      purpose === 'THREAT'
        ? (['safeguarding-enquiry'] as const)
        : purpose === 'HDECD'
          ? (['after-death'] as const)
          : relationshipKinds;
    return person({
      born: chance(0.03) ? null : `${2026 - age}-${pick(['05-12', '05-13', '01-01'])}`,
      died: chance(purpose === 'HDECD' ? 0.8 : 0.12)
        ? pick(['2026-05-12', '2026-05-13', '2026-04-14', '2026-04-13', '2020-01-01'])
        : null,
      restricted: chance(0.2),
      relationships: [...some(0.8, () => 0)].map((_, index) => ({
        id: `r${index}`,
        kind: chance(0.9) ? pick(kinds) : pick(relationshipKinds),
        organisation: near(),
        team: chance(0.3) ? pick(teams) : null,
        user: chance(0.2) ? pick(users) : null,
        evidence: 'made up',
        ...span(),
      })),
      choices: some(0.35, () => ({
        kind: pick(purpose.startsWith('H') ? choiceKinds.slice(4) : choiceKinds),
        organisation: pick([organisation.id, pick(partners).id]),
        user: pick(['sam', 'sam', 'kim', 'login-ann']),
        project: pick(['tide', 'ebb']),
        ...span(),
      })),
      proxies: some(0.7, () => ({
        proxy: pick(['ann', 'ann', 'bob']),
        kind: pick(proxyKinds),
        classes: chance(0.8) ? null : [pick(dataClasses), pick(dataClasses)],
        ...span(),
      })),
      glass: some(0.2, () => ({
        user: pick(users),
        reason: 'made up',
        from: noon + pick(edges),
        to: chance(0.8) ? null : noon + pick(edges),
      })),
      recorded: some(0.5, () => ({ kind: pick(recordedKinds), ...span() })),
      employers: some(0.1, () => organisation.id),
      family: some(0.06, () => pick(users)),
    });
  }

  function sealOf(): Seal {
    return {
      level: pick(['sealed', 'locked']),
      organisation: chance(0.6) ? organisation.id : pick(partners).id,
      team: chance(0.4) ? pick(teams) : null,
    };
  }

  function actionOf(): Action {
    return chance(0.6) ? 'read' : pick(['read', 'search', 'write', 'delete', 'export', 'operate']);
  }

  function appOf(): App {
    return {
      name: 'app',
      person: pick(['ann', 'bob', null]),
      grants: [...some(0.8, () => 0)].map((): Grant => ({
        level: pick(['patient', 'user', 'system']),
        type: pick(['*', 'Observation', 'Patient', 'Task']),
        actions: new Set(pick(['r', 'rs', 'cud', 'cruds', 'cruds', 'c', 's', 'd'])) as Grant['actions'],
        query: chance(0.4) ? 'category=laboratory' : undefined,
      })),
    };
  }
}

export function casesOf(count: number, seed: number): Case[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () => caseOf(random));
}
