import type { Test } from '../../compiled.ts';

/** Use of information for more than a person's own care. */

export const isAnonymous: Test = ({ item }) => item.form === 'anonymous';
export const isPseudonymised: Test = ({ item }) => item.form === 'pseudonymised';

/** Information that names people needs more than an agreement to share: support under section 251, or a duty. */
export const isIdentifiableWithoutBasis: Test = ({ item, agreement, policy }) =>
  item.form === 'identifiable' &&
  !(agreement !== undefined && policy.policy.secondary.identifiableBases.includes(agreement.confidentiality));
