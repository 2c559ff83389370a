import { dayMs, daysBetween, holdsAt } from '../../moments.ts';
import type { ProxyRule } from '../../policy/schema.ts';
import type { Test } from '../../compiled.ts';
import type { PersonFacts } from '../../types.ts';
import type { RecordedKind } from '../../words.ts';
import type { Facts } from '../../compiled.ts';

/** Who the person is to whoever asks: themselves, family, a colleague, a child, somebody who died. */

export const isOwnRecord: Test = ({ subject, about }) => about !== null && subject.person === about.person;
export const isFamily: Test = ({ subject, about }) => about !== null && about.family.includes(subject.id);
export const isColleague: Test = ({ worker, about }) =>
  worker !== undefined && about !== null && about.employers.includes(worker.post.organisation.id);

export const isDead: Test = ({ about, context }) =>
  about !== null && about.died !== null && about.died <= context.day;

/** Dead for longer than care needs to be brought to its end. */
export const isLongDead: Test = ({ about, context, policy }) =>
  about !== null &&
  about.died !== null &&
  daysBetween(about.died, context.day) > policy.policy.afterDeath.careDays;

const isRecorded = (about: PersonFacts, kind: RecordedKind, at: number): boolean =>
  about.recorded.some((decision) => decision.kind === kind && holdsAt(decision, at));

/** Old enough to use the own view alone, or younger with a recorded decision that the young person understands. */
export const isOldEnough: Test = ({ about, age = -1, context, policy }) => {
  const { aloneFromAge, withDecisionFromAge, decision } = policy.policy.ownView;
  if (age >= aloneFromAge) return true;
  return about !== null && age >= withDecisionFromAge && isRecorded(about, decision, context.at);
};

/** Some proxy of this person covers this class of data at this age. */
export const isProxy: Test = (facts) => {
  const { about, subject, context, policy, item } = facts;
  if (about === null || subject.kind !== 'resident') return false;
  return about.proxies.some(
    (proxy) =>
      proxy.proxy === subject.person &&
      holdsAt(proxy, context.at) &&
      (proxy.classes === null || proxy.classes.includes(item.dataClass)) &&
      (policy.proxies.get(proxy.kind) ?? []).some((rule) => covers(rule, facts, about)),
  );
};

function covers(rule: ProxyRule, facts: Facts, about: PersonFacts): boolean {
  const { age, context, item } = facts;
  if (age === undefined || age < rule.fromAge || (rule.toAge !== null && age >= rule.toAge)) return false;
  if ((rule.life === 'dead') !== isDead(facts)) return false;
  if (rule.only !== null && !isRecorded(about, rule.only, context.at)) return false;
  if (rule.unless !== null && isRecorded(about, rule.unless, context.at)) return false;
  return rule.classes === null || rule.classes.includes(item.dataClass);
}

/** A safeguarding reason is recorded for telling the person later, not longer ago than the policy lets a notice wait. */
export const isNoticeDelayed: Test = ({ about, context, policy }) =>
  about !== null &&
  about.recorded.some(
    (decision) =>
      decision.kind === 'delay-notice' &&
      holdsAt(decision, context.at) &&
      context.at < decision.from + policy.policy.breakGlass.longestDelayDays * dayMs,
  );
