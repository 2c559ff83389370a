import { userIdOf, type Asking } from '../access/index.ts';
import type {
  AppEvent,
  Recording,
  SignInEvent,
  SignInRecord,
  TokenRecording,
} from '../access/sign-in/index.ts';
import type { AuditLog, Happening } from '../audit/index.ts';
import type { Clock } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';

type Log = Pick<AuditLog, 'note' | 'append'>;

/** Puts sign-ins on record; with a sign-in the roles that were just proved are taken over, in the same transaction. */
export function signInRecord(log: Log, asking: Asking, clock: Clock): SignInRecord {
  return {
    note: (event) => log.note(signInHappening(event, clock())),
    async recording(event) {
      const { what, identity } = event;
      const inStep =
        what === 'signed-in' && identity !== undefined ? await asking.signedIn(identity) : undefined;
      return async (tx) => {
        const happening = signInHappening(event, clock());
        const changes = (await inStep?.(tx)) ?? [];
        const posts = changes.map(({ act, role, organisation }): Happening => ({
          ...happening,
          kind: 'policy',
          resource: 'Post',
          organisation,
          role,
          rule: act,
        }));
        await log.append(tx, [happening, ...posts], newId());
      };
    },
  };
}

const signInHappening = ({ what, provider, identity, code, target }: SignInEvent, at: Date): Happening => ({
  at,
  kind: kindOf(what),
  outcome: what === 'refused' ? 'refused' : 'permitted',
  user: identity === undefined ? `${provider}:not-known` : userIdOf(identity),
  resource: 'sign-in',
  rule: code ?? what,
  ...(identity === undefined
    ? {}
    : { particulars: { userName: identity.name, ...(target === undefined ? {} : { target }) } }),
});

function kindOf(what: SignInEvent['what']): Happening['kind'] {
  if (what.startsWith('signed-out') || what === 'visit-ended' || what === 'visit-timed-out')
    return 'sign-out';
  return what === 'role-chosen' || what === 'app-ended' ? 'decision' : 'sign-in';
}

/** Puts on record which apps people opened, allowed or refused. */
export function appRecord(
  log: Log,
  clock: Clock,
): { note(event: AppEvent): Promise<void>; recordingOf(event: AppEvent): Recording } {
  return {
    note: (event) => log.note(appHappening(event, clock())),
    recordingOf: (event) => (tx) => log.append(tx, [appHappening(event, clock())], newId()),
  };
}

const appHappening = ({ what, client, session }: AppEvent, at: Date): Happening => ({
  at,
  kind: 'decision',
  outcome: what === 'app-refused' ? 'refused' : 'permitted',
  user: userIdOf(session.identity),
  resource: 'app',
  rule: what,
  particulars: { userName: session.identity.name, target: client.name },
});

/** Puts on record that a program or app got a token: it is how they sign in. */
export const tokenRecording =
  (log: Log, clock: Clock): TokenRecording =>
  ({ clientId, session }) =>
  (tx) => {
    const happening: Happening = {
      at: clock(),
      kind: 'sign-in',
      outcome: 'permitted',
      user: session === undefined ? clientId : userIdOf(session.identity),
      resource: 'token',
      rule: 'token-given',
      particulars: { target: `client/${clientId}` },
    };
    return log.append(tx, [happening], newId());
  };
