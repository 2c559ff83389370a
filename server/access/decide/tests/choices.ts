import { holdsAt } from '../../moments.ts';
import type { Test } from '../../compiled.ts';
import type { Choice, Seal } from '../../types.ts';
import type { ChoiceKind } from '../../words.ts';
import type { Facts } from '../../compiled.ts';

/** What the person decided. */

const chose = (facts: Facts, kind: ChoiceKind, fits: (choice: Choice) => boolean = () => true): boolean =>
  facts.about !== null &&
  facts.about.choices.some(
    (choice) => choice.kind === kind && holdsAt(choice, facts.context.at) && fits(choice),
  );

export const objectsToSharing: Test = (facts) => chose(facts, 'objects-to-sharing');
export const objectsEvenInEmergency: Test = (facts) => chose(facts, 'objects-even-in-emergency');
export const blocksOrganisation: Test = (facts) =>
  chose(facts, 'blocks-organisation', (choice) => choice.organisation === facts.worker?.post.organisation.id);
export const blocksUser: Test = (facts) =>
  chose(facts, 'blocks-user', (choice) => choice.user === facts.subject.id);

/** Inside a seal is whoever works where it was sealed and, where a team sealed it, in that team. */
function isOutside({ item: { seal }, worker }: Facts, level: Seal['level']): boolean {
  if (seal?.level !== level) return false;
  if (worker?.post.organisation.id !== seal.organisation) return true;
  return seal.team !== null && !worker.post.teams.includes(seal.team);
}

export const hasSeal: Test = ({ item }) => item.seal !== null;
export const isAboutChoices: Test = ({ item }) => item.dataClass === 'choices';
export const isSealed: Test = (facts) => isOutside(facts, 'sealed');
export const isLocked: Test = (facts) => isOutside(facts, 'locked');

export const agreesToProject: Test = (facts) =>
  facts.context.project !== null &&
  chose(facts, 'agrees-to-project', (choice) => choice.project === facts.context.project);

/** The National Data Opt-out holds for this use. Source: NHS England, national data opt-out operational policy. */
export const isOptedOut: Test = (facts) => {
  const { context, item, own, agreement, policy } = facts;
  const rules = policy.policy.secondary;
  return (
    policy.optOutPurposes.has(context.purpose) &&
    !(own && rules.ownCareTeamPurposes.includes(context.purpose)) &&
    !(agreement !== undefined && rules.optOutExceptBases.includes(agreement.confidentiality)) &&
    !item.labels.some((label) => rules.optOutExceptLabels.includes(label)) &&
    chose(facts, 'national-data-opt-out')
  );
};

/** A Type 1 opt-out keeps what a practice holds from leaving it for more than care. */
export const isType1OptedOut: Test = (facts) =>
  facts.policy.policy.secondary.type1Holders.includes(facts.item.holder.kind) &&
  !facts.own &&
  chose(facts, 'type-1-opt-out');
