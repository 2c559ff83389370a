import type { Day } from '../../organisations/index.ts';
import { standardTests, type TestName, type Tests } from '../decide/tests/index.ts';
import type { Label, ProxyKind, Purpose, RelationshipKind } from '../words.ts';
import type {
  Agreement,
  LabelRule,
  Need,
  Policy,
  Profile,
  ProxyRule,
  Refusal,
  RelationshipRule,
} from './schema.ts';
import type { CompiledPolicy, CompiledRefusal } from '../compiled.ts';

/** Makes one version of the policy, with the agreements that were signed, ready to decide by. Neither may be changed afterwards. */
export function compile(
  policy: Policy,
  agreements: readonly Agreement[],
  tests: Tests = standardTests,
): CompiledPolicy {
  const needs = new Map(policy.needs.map((need) => [need.id, need]));
  const of = (name: string) => tests[name as TestName];
  const refusals = policy.refusals.map((rule) => refusalOf(rule, of));
  const branches = policy.branches.map((rule) => ({
    rule,
    needs: rule.needs.map((id) => needOf(needs.get(id)!, of)),
    refusals: refusals.filter((each) => each.rule.branches.includes(rule.id)),
  }));
  return {
    policy,
    agreements,
    branches,
    branchFor: new Map(
      branches.flatMap((branch) =>
        branch.rule.asked.flatMap((asked) =>
          branch.rule.purposes.map((purpose) => [`${asked} ${purpose}`, branch] as const),
        ),
      ),
    ),
    directory: branches.find((branch) => branch.rule.purposes.length === 0),
    duties: policy.duties.map((rule) => ({
      rule,
      when: rule.when.map(of),
      unless: rule.unless.map(of),
    })),
    profileOfRole: new Map(
      policy.profiles.flatMap((profile) => {
        const compiled = profileOf(profile);
        return profile.roles.map(({ code }) => [code, compiled] as const);
      }),
    ),
    labels: new Map<Label, LabelRule>(policy.labels.map((rule) => [rule.label, rule])),
    relationships: new Map<RelationshipKind, RelationshipRule>(
      policy.relationships.map((rule) => [rule.kind, rule]),
    ),
    minimumViews: new Map(
      policy.minimumViews.flatMap((view) => view.organisations.map((kind) => [kind, view])),
    ),
    proxies: Map.groupBy<ProxyKind, ProxyRule>(policy.proxies, (rule) => rule.kind),
    glassPurposes: new Set<Purpose>(policy.breakGlass.purposes),
    optOutPurposes: new Set<Purpose>(policy.secondary.optOutPurposes),
    between: new WeakMap(),
  };
}

type TestOf = (name: string) => Tests[TestName];

const inForce = (rule: { from?: Day; to?: Day }) => ({ from: rule.from ?? null, to: rule.to ?? null });

const needOf = (rule: Need, of: TestOf) => ({ rule, test: of(rule.test), span: inForce(rule) });

const refusalOf = (rule: Refusal, of: TestOf): CompiledRefusal => ({
  rule,
  when: rule.when.map(of),
  unless: rule.unless.map(of),
  span: inForce(rule),
});

const profileOf = (profile: Profile) => ({
  profile,
  reads: new Set(profile.reads),
  writes: new Set(profile.writes),
});
