import type { Test } from '../../compiled.ts';
import { isPersonal } from '../relationship.ts';

/** Which organisation holds it, which asks, and what ties it to the person. */

export const isOwnOrAgreed: Test = ({ own, agreement }) => own || agreement !== undefined;
export const isOwn: Test = ({ own }) => own;
export const isShared: Test = ({ own }) => !own;
export const isChange: Test = ({ action }) => action === 'write' || action === 'delete';

export const hasRelationship: Test = ({ relationship }) => relationship !== undefined;
export const hasPersonalRelationship: Test = ({ relationship }) =>
  relationship !== undefined && isPersonal(relationship.is);
export const isSelfClaimed: Test = ({ relationship }) => relationship?.is.kind === 'self-claimed';

export const hasMinimumView: Test = ({ worker, policy }) =>
  worker !== undefined && policy.minimumViews.has(worker.post.organisation.kind);

/** Within the little that partners such as housing and schools may see. Others have no such limit. */
export const isWithinMinimumView: Test = ({ worker, policy, item, own }) => {
  const view = worker && policy.minimumViews.get(worker.post.organisation.kind);
  if (view === undefined || own) return true;
  return (
    view.classes.includes(item.dataClass) && !item.labels.some((label) => view.hiddenLabels.includes(label))
  );
};
