import { standardTests, type TestName, type Tests } from '../decide/tests/index.ts';
import type { Policy } from '../policy/schema.ts';
import type { Agreement } from '../policy/schema.ts';

/** A rule taken out, turned round or moved a little: what somebody's slip would do. */
export type Mutant = {
  name: string;
  policy: Policy;
  agreements: readonly Agreement[];
  tests: Tests;
};

type Change = { name: string; apply(policy: Policy): void };

/** Every slip we look for. Each is one change to the policy, the agreements, or one question that rules ask. */
export function mutantsOf(policy: Policy, agreements: readonly Agreement[]): Mutant[] {
  const changes = [
    ...branchChanges(policy),
    ...ruleChanges(policy),
    ...dutyChanges(policy),
    ...tableChanges(policy),
    ...limitChanges(policy),
  ];
  return [
    ...changes.map(({ name, apply }) => {
      const changed = structuredClone(policy);
      apply(changed);
      return { name, policy: changed, agreements, tests: standardTests };
    }),
    ...agreements
      .filter(({ to }) => to === null || to > '2026-05-12')
      .map((gone) => ({
        name: `agreement ${gone.id}: taken out`,
        policy,
        agreements: agreements.filter((each) => each !== gone),
        tests: standardTests,
      })),
    ...testChanges().map(({ name, tests }) => ({ name, policy, agreements, tests })),
  ];
}

/** Each question that rules ask: turned round, always yes, always no. */
function testChanges(): { name: string; tests: Tests }[] {
  return (Object.keys(standardTests) as TestName[]).flatMap((name) => [
    {
      name: `test ${name}: turned round`,
      tests: {
        ...standardTests,
        [name]: (facts: Parameters<Tests[TestName]>[0]) => !standardTests[name](facts),
      },
    },
    { name: `test ${name}: always yes`, tests: { ...standardTests, [name]: () => true } },
    { name: `test ${name}: always no`, tests: { ...standardTests, [name]: () => false } },
  ]);
}

/** Takes each entry of a list out in turn. */
function without<Each>(
  name: string,
  list: readonly Each[],
  of: (policy: Policy) => Each[],
  word: (each: Each) => string = String,
): Change[] {
  return list.map((each, index) => ({
    name: `${name}: without ${word(each)}`,
    apply: (policy) => void of(policy).splice(index, 1),
  }));
}

function branchChanges({ branches }: Policy): Change[] {
  return branches.flatMap((branch, at) => [
    ...without(`branch ${branch.id}, needs`, branch.needs, (policy) => policy.branches[at]!.needs),
    ...without(`branch ${branch.id}, purposes`, branch.purposes, (policy) => policy.branches[at]!.purposes),
    ...without(`branch ${branch.id}, asked`, branch.asked, (policy) => policy.branches[at]!.asked),
  ]);
}

function ruleChanges({ needs, refusals }: Policy): Change[] {
  return [
    ...needs.flatMap((need, at): Change[] => [
      {
        name: `need ${need.id}: glass turned round`,
        apply: (policy) => void (policy.needs[at]!.breakGlass = !need.breakGlass),
      },
      {
        name: `need ${need.id}: not yet in force`,
        apply: (policy) => void (policy.needs[at]!.from = '2099-01-01'),
      },
      {
        name: `need ${need.id}: no longer in force`,
        apply: (policy) => void (policy.needs[at]!.to = '2020-01-01'),
      },
    ]),
    ...without(
      'refusals',
      refusals,
      (policy) => policy.refusals,
      ({ id }) => id,
    ),
    ...refusals.flatMap((rule, at): Change[] => [
      ...without(`refusal ${rule.id}, branches`, rule.branches, (policy) => policy.refusals[at]!.branches),
      ...without(`refusal ${rule.id}, when`, rule.when, (policy) => policy.refusals[at]!.when),
      ...without(`refusal ${rule.id}, unless`, rule.unless, (policy) => policy.refusals[at]!.unless),
      {
        name: `refusal ${rule.id}: glass turned round`,
        apply: (policy) => void (policy.refusals[at]!.breakGlass = !rule.breakGlass),
      },
      ...(rule.breakGlass
        ? []
        : [
            {
              name: `refusal ${rule.id}: silence turned round`,
              apply: (policy: Policy) => void (policy.refusals[at]!.silent = !rule.silent),
            },
          ]),
      {
        name: `refusal ${rule.id}: not yet in force`,
        apply: (policy) => void (policy.refusals[at]!.from = '2099-01-01'),
      },
    ]),
  ];
}

function dutyChanges({ duties }: Policy): Change[] {
  return [
    ...without(
      'duties',
      duties,
      (policy) => policy.duties,
      ({ id }) => id,
    ),
    ...duties.flatMap((duty, at) => [
      ...without(`duty ${duty.id}, branches`, duty.branches, (policy) => policy.duties[at]!.branches),
      ...without(`duty ${duty.id}, when`, duty.when, (policy) => policy.duties[at]!.when),
      ...without(`duty ${duty.id}, unless`, duty.unless, (policy) => policy.duties[at]!.unless),
    ]),
  ];
}

const profileFlags = [
  'exports',
  'operates',
  'breaksGlass',
  'safeguards',
  'oversees',
  'analyses',
  'afterDeath',
  'seesProtectedLocations',
  'supervised',
] as const;
const labelFlags = [
  'needsDirectCare',
  'ownStaff',
  'breakGlass',
  'hiddenFromProxies',
  'hiddenFromPerson',
] as const;

function tableChanges({
  profiles,
  labels: labelRules,
  relationships,
  minimumViews,
  proxies,
}: Policy): Change[] {
  return [
    ...profiles.flatMap((each, at): Change[] => [
      ...profileFlags
        .filter((flag) => (flag !== 'breaksGlass' && flag !== 'exports') || each.reads.length > 0)
        .map((flag) => ({
          name: `profile ${each.profile}: ${flag} turned round`,
          apply: (policy: Policy) => void (policy.profiles[at]![flag] = !each[flag]),
        })),
      ...without(`profile ${each.profile}, reads`, each.reads, (policy) => policy.profiles[at]!.reads),
      ...without(`profile ${each.profile}, writes`, each.writes, (policy) => policy.profiles[at]!.writes),
    ]),
    ...labelRules.flatMap((each, at): Change[] => [
      ...labelFlags.map((flag) => ({
        name: `label ${each.label}: ${flag} turned round`,
        apply: (policy: Policy) => void (policy.labels[at]![flag] = !each[flag]),
      })),
      ...without(`label ${each.label}, readers`, each.readers, (policy) => policy.labels[at]!.readers),
    ]),
    ...relationships.flatMap((each, at): Change[] => [
      {
        name: `relationship ${each.kind}: direct turned round`,
        apply: (policy) => void (policy.relationships[at]!.direct = !each.direct),
      },
      {
        name: `relationship ${each.kind}: a day of grace more`,
        apply: (policy) => void policy.relationships[at]!.graceDays++,
      },
      {
        name: `relationship ${each.kind}: an hour long`,
        apply: (policy) => void (policy.relationships[at]!.longestHours = 1),
      },
      ...without(
        `relationship ${each.kind}, branches`,
        each.branches,
        (policy) => policy.relationships[at]!.branches,
      ),
      ...without(
        `relationship ${each.kind}, classes`,
        each.classes ?? [],
        (policy) => policy.relationships[at]!.classes!,
      ),
    ]),
    ...minimumViews.flatMap((each, at) => [
      ...without(
        `view of ${each.organisations.join()}, classes`,
        each.classes,
        (policy) => policy.minimumViews[at]!.classes,
      ),
      ...without(
        `view of ${each.organisations.join()}, hidden`,
        each.hiddenLabels,
        (policy) => policy.minimumViews[at]!.hiddenLabels,
      ),
    ]),
    ...without(
      'proxies',
      proxies,
      (policy) => policy.proxies,
      (each) => `${each.kind} from ${each.fromAge}`,
    ),
    ...proxies.flatMap((each, at): Change[] => [
      {
        name: `proxy ${each.kind} from ${each.fromAge}: a year later`,
        apply: (policy) => void policy.proxies[at]!.fromAge++,
      },
      ...(each.toAge === null
        ? []
        : [
            {
              name: `proxy ${each.kind} from ${each.fromAge}: to a year more`,
              apply: (policy: Policy) => void policy.proxies[at]!.toAge!++,
            },
          ]),
    ]),
  ];
}

/** Puts each word into a list that lacks it, or takes it out. */
const toggled = <Each>(name: string, all: readonly Each[], of: (policy: Policy) => Each[]): Change[] =>
  all.map((each) => ({
    name: `${name}: ${String(each)} put in or taken out`,
    apply: (policy) => {
      const list = of(policy);
      const at = list.indexOf(each);
      if (at < 0) list.push(each);
      else list.splice(at, 1);
    },
  }));

function limitChanges({ signIn, breakGlass, ownView, afterDeath, secondary }: Policy): Change[] {
  return [
    ...without('sign-in of staff', signIn.staff, (policy) => policy.signIn.staff),
    ...without('sign-in of programs', signIn.program, (policy) => policy.signIn.program),
    ...without('sign-in of residents', signIn.resident, (policy) => policy.signIn.resident),
    {
      name: 'glass: a minute more',
      apply: (policy) => void (policy.breakGlass.minutes = breakGlass.minutes + 1),
    },
    {
      name: 'glass: a minute less',
      apply: (policy) => void (policy.breakGlass.minutes = breakGlass.minutes - 1),
    },
    {
      name: 'glass: a notice waits a day',
      apply: (policy) => void (policy.breakGlass.longestDelayDays = 1),
    },
    ...without('glass, purposes', breakGlass.purposes, (policy) => policy.breakGlass.purposes),
    ...without('glass, actions', breakGlass.actions, (policy) => policy.breakGlass.actions),
    {
      name: 'own view: alone a year later',
      apply: (policy) => void (policy.ownView.aloneFromAge = ownView.aloneFromAge + 1),
    },
    {
      name: 'own view: alone a year earlier',
      apply: (policy) => void (policy.ownView.aloneFromAge = ownView.aloneFromAge - 1),
    },
    {
      name: 'own view: with decision a year later',
      apply: (policy) => void (policy.ownView.withDecisionFromAge = ownView.withDecisionFromAge + 1),
    },
    {
      name: 'own view: with decision a year earlier',
      apply: (policy) => void (policy.ownView.withDecisionFromAge = ownView.withDecisionFromAge - 1),
    },
    {
      name: 'care after death: a day more',
      apply: (policy) => void (policy.afterDeath.careDays = afterDeath.careDays + 1),
    },
    {
      name: 'care after death: a day less',
      apply: (policy) => void (policy.afterDeath.careDays = afterDeath.careDays - 1),
    },
    ...without('opt-out, purposes', secondary.optOutPurposes, (policy) => policy.secondary.optOutPurposes),
    ...without(
      'opt-out, own care team',
      secondary.ownCareTeamPurposes,
      (policy) => policy.secondary.ownCareTeamPurposes,
    ),
    ...without(
      'opt-out, labels',
      secondary.optOutExceptLabels,
      (policy) => policy.secondary.optOutExceptLabels,
    ),
    ...toggled('opt-out, bases', ['s251'], (policy) => policy.secondary.optOutExceptBases as string[]),
    ...toggled('identifiable, bases', ['s251'], (policy) => policy.secondary.identifiableBases as string[]),
    ...without('type 1, holders', secondary.type1Holders, (policy) => policy.secondary.type1Holders),
  ];
}
