import { ukDay } from '../moments.ts';
import type { Context, Decision, Reason } from '../types.ts';
import type { Against } from './against.ts';
import type { Facts } from '../compiled.ts';
import { glassEndsAt } from './glass.ts';
import { nearestAgreement } from './nearest-agreement.ts';

/** Why it was refused, or could be had: the words of the rule, filled with this case. */
export const explainAgainst = ({ rule }: Against, facts: Facts): Reason => ({
  rule: rule.id,
  says: fill(rule.says, facts),
  wayOut: fill(rule.wayOut, facts),
  source: rule.source,
  confirmed: rule.confirmed,
});

/** Why it is permitted: the branch, with relationship and agreement; and the glass, where it was needed. */
export function explainPermit(facts: Facts, opened: readonly Against[]): Reason[] {
  const { rule } = facts.branch;
  const { source, confirmed } = rule;
  const reasons: Reason[] = [
    { rule: rule.id, says: fill(rule.says, facts), wayOut: null, source, confirmed },
  ];
  if (opened.length > 0) {
    const breakGlass = facts.policy.policy.breakGlass;
    reasons.push({
      rule: 'glass-open',
      says: fill('You broke the glass for this person. It closes at {glass-end}.', facts),
      wayOut: null,
      source: breakGlass.source,
      confirmed: breakGlass.confirmed,
    });
  }
  return reasons;
}

/** Refused because no branch of the policy is for it. */
export const explainNoBranch = ({ purpose }: Context): Decision => ({
  effect: 'deny',
  silent: false,
  obligations: [],
  reasons: [
    {
      rule: 'nothing-permits',
      says: `Nothing in the policy lets you use a person’s information for the purpose ${purpose}.`,
      wayOut: 'Choose the purpose you work for. If none fits, ask your information governance lead.',
      source: 'Default deny',
      confirmed: true,
    },
  ],
});

const quiet: Reason = {
  rule: 'nothing-here',
  says: 'There is nothing here that you may see.',
  wayOut: 'If you think that there should be, ask your privacy officer.',
  source: 'Default deny',
  confirmed: true,
};

/** The reasons whoever asked may read. A silent refusal says no more than that nothing is there. The audit log keeps all. */
export const reasonsToTell = (decision: Decision): readonly Reason[] =>
  decision.silent ? [quiet] : decision.reasons;

const blanks: Record<string, (facts: Facts) => string> = {
  organisation: ({ worker }) => worker?.post.organisation.name ?? 'you',
  holder: ({ item }) => item.holder.name,
  role: ({ profile, worker }) => profile?.profile.words ?? `role ${worker?.post.role ?? 'none'}`,
  class: ({ item }) => item.dataClass.replaceAll('-', ' '),
  purpose: ({ context }) => context.purpose,
  relationship: ({ relationship }) =>
    relationship === undefined
      ? 'not shown to be in your care'
      : `${relationship.rule.words}, since ${ukDay(relationship.is.from)} (${relationship.is.evidence})`,
  agreement: (facts) => {
    if (facts.own) return `your own organisation holds it`;
    if (facts.agreement === undefined) return nearestAgreement(facts);
    return `“${facts.agreement.name}” lets ${facts.item.holder.name} share it with you`;
  },
  labels: ({ item, policy }) =>
    item.labels.map((label) => policy.labels.get(label)?.words ?? label).join(', '),
  'glass-end': ({ about, subject, policy }) => {
    const use = about?.glass.findLast(({ user }) => user === subject.id);
    return use === undefined ? 'no time' : timeText(glassEndsAt(use.from, policy));
  },
};

type Part = string | ((facts: Facts) => string);

/** Texts of rules, taken apart at their blanks once: a policy has few. */
const templates = new Map<string, readonly Part[]>();

function fill(text: string, facts: Facts): string {
  let parts = templates.get(text);
  if (parts === undefined) {
    parts = text.split(/\{([a-z-]+)\}/).map((part, index) => (index % 2 === 0 ? part : blanks[part]!));
    templates.set(text, parts);
  }
  let filled = '';
  for (const part of parts) filled += typeof part === 'string' ? part : part(facts);
  return filled;
}

export const blankNames: ReadonlySet<string> = new Set(Object.keys(blanks));

const ukTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const timeText = (at: number): string => ukTime.format(at);
