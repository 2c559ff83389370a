import type { Test } from '../../compiled.ts';
import type { LabelRule } from '../../policy/schema.ts';
import type { Facts } from '../../compiled.ts';
import { hasPersonalRelationship } from './organisation.ts';

/** What makes an item more sensitive than the rest of a record. */

/** The first label of a kind that this worker may not read. */
function closedLabel(facts: Facts, breakable: boolean): LabelRule | undefined {
  for (const label of facts.item.labels) {
    const rule = facts.policy.labels.get(label);
    if (rule !== undefined && rule.breakGlass === breakable && !mayReadLabel(facts, rule)) return rule;
  }
  return undefined;
}

function mayReadLabel({ own, profile, relationship }: Facts, rule: LabelRule): boolean {
  if (own && rule.ownStaff) return true;
  if (profile === undefined || !rule.readers.includes(profile.profile.profile)) return false;
  return !rule.needsDirectCare || relationship?.rule.direct === true;
}

export const isTooSensitive: Test = (facts) => closedLabel(facts, true) !== undefined;
export const isHiddenBySensitivity: Test = (facts) => closedLabel(facts, false) !== undefined;

const labelled =
  (to: 'hiddenFromPerson' | 'hiddenFromProxies'): Test =>
  ({ item, policy }) =>
    item.labels.some((label) => policy.labels.get(label)?.[to] === true);

export const isHiddenFromPerson: Test = labelled('hiddenFromPerson');
export const isHiddenFromProxies: Test = labelled('hiddenFromProxies');

const isWhereabouts = ({ item, about }: Facts): boolean =>
  item.labels.includes('restricted-location') ||
  (about?.restricted === true && item.dataClass === 'location');

/**
 * Where somebody protected is, is for safeguarding roles, for the team or worker who cares for the person with what their own
 * organisation holds, and for the person.
 */
function mayKnowWhere(facts: Facts): boolean {
  const { subject, profile, own, about } = facts;
  if (subject.kind === 'resident') return subject.person === about?.person;
  return profile?.profile.seesProtectedLocations === true || (own && hasPersonalRelationship(facts));
}

export const isProtectedLocation: Test = (facts) => isWhereabouts(facts) && !mayKnowWhere(facts);

/** In everything else about a person whose whereabouts are protected, what says where is to be left out. */
export const isLocationWithheld: Test = (facts) => facts.about?.restricted === true && !mayKnowWhere(facts);

/** A question by place must not find a person whose whereabouts are protected. Source: Personal Demographics Service. */
export const isFoundByPlace: Test = ({ about, context }) => about?.restricted === true && context.byPlace;
