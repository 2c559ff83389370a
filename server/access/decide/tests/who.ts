import { holdsAt } from '../../moments.ts';
import type { Test } from '../../compiled.ts';
import type { App, Grant } from '../../types.ts';

/** Who asks, how surely we know it, and what their role and app may do. */

export const isSignedInStrongly: Test = ({ subject, context, policy }) =>
  policy.policy.signIn[subject.kind].includes(context.signIn);

export const isRoleInForce: Test = ({ worker, context }) =>
  worker !== undefined && holdsAt(worker.post, context.at);

/** The role may do this with this class of data. */
export const mayByRole: Test = ({ profile, action, item }) => {
  if (profile === undefined) return false;
  switch (action) {
    case 'read':
    case 'search':
      return profile.reads.has(item.dataClass);
    case 'export':
      return profile.profile.exports && profile.reads.has(item.dataClass);
    case 'write':
    case 'delete':
      return profile.writes.has(item.dataClass);
    case 'operate':
      return profile.profile.operates;
  }
};

export const isSafeguardingRole: Test = ({ profile }) => profile?.profile.safeguards === true;
export const isOversightRole: Test = ({ profile }) => profile?.profile.oversees === true;
export const isAnalysisRole: Test = ({ profile }) => profile?.profile.analyses === true;
export const isAfterDeathRole: Test = ({ profile }) => profile?.profile.afterDeath === true;
export const isSupervised: Test = ({ profile }) => profile?.profile.supervised === true;

/** One may only look or take a copy. */
export const isLooking: Test = ({ action }) =>
  action === 'read' || action === 'search' || action === 'export';
/** More than reading or finding: changing, taking a copy of everything, operating. */
export const isNotPlainLook: Test = ({ action }) => action !== 'read' && action !== 'search';
export const isExport: Test = ({ action }) => action === 'export';

const letters = {
  read: ['r'],
  search: ['s'],
  write: ['c', 'u'],
  delete: ['d'],
  export: ['r', 's'],
  operate: undefined,
} as const;

/** What an app was allowed narrows what its user may do. Without an app there is nothing to narrow. */
export const isWithinApp: Test = ({ action, item, about, context }) =>
  context.app === null || grantsOf(context.app, item.type, action, about?.person ?? null).length > 0;

/** The app may do it, but only with what its filter lets through. */
export const isAppFiltered: Test = ({ action, item, about, context }) => {
  if (context.app === null) return false;
  return grantsOf(context.app, item.type, action, about?.person ?? null).every(
    (grant) => grant.query !== undefined,
  );
};

/** An app needs all letters of an action; none lets it operate the system. With `patient` scopes it sees one person. */
function grantsOf(app: App, type: string, action: keyof typeof letters, person: string | null): Grant[] {
  const wanted = letters[action];
  if (wanted === undefined) return [];
  return app.grants.filter(
    (grant) =>
      (grant.type === '*' || grant.type === type) &&
      wanted.every((letter) => grant.actions.has(letter)) &&
      (grant.level !== 'patient' || (person !== null && app.person === person)),
  );
}
