import { userIdOf, type Asking } from '../access/index.ts';
import type { AppEvent, SignInEvent } from '../access/sign-in/index.ts';
import type { AuditLog, Happening } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';

/** Puts sign-ins on record, and takes over the roles that were just proved. */
export const noteSignIn =
  (log: Pick<AuditLog, 'note'>, asking: Asking, clock: Clock) =>
  async ({ what, provider, identity, code, target }: SignInEvent): Promise<void> => {
    if (what === 'signed-in' && identity !== undefined) await asking.signedIn(identity);
    await log.note({
      at: clock(),
      kind: kindOf(what),
      outcome: what === 'refused' ? 'refused' : 'permitted',
      user: identity === undefined ? `${provider}:not-known` : userIdOf(identity),
      resource: 'sign-in',
      rule: code ?? what,
      ...(identity === undefined
        ? {}
        : { particulars: { userName: identity.name, ...(target === undefined ? {} : { target }) } }),
    });
  };

function kindOf(what: SignInEvent['what']): Happening['kind'] {
  if (what.startsWith('signed-out') || what === 'visit-ended') return 'sign-out';
  return what === 'role-chosen' || what === 'app-ended' ? 'decision' : 'sign-in';
}

/** Puts on record which apps people opened, allowed or refused. */
export const noteApp =
  (log: Pick<AuditLog, 'note'>, clock: Clock) =>
  async ({ what, client, session }: AppEvent): Promise<void> => {
    const happening: Happening = {
      at: clock(),
      kind: 'decision',
      outcome: what === 'app-refused' ? 'refused' : 'permitted',
      user: userIdOf(session.identity),
      resource: 'app',
      rule: what,
      particulars: { userName: session.identity.name, target: client.name },
    };
    await log.note(happening);
  };
