import type { Session, TimeLimits } from '../types.ts';

const minute = 60_000;

/**
 * Our choice, for each ICS to change: staff share machines on wards, so a visit without a request ends soon; a shift is its
 * longest. People sit at home or on a bus. Asked for by OWASP ASVS 5.0, V7.3.1 and V7.3.2, which give no figures.
 */
export const usualLimits = {
  staff: { idleMs: 20 * minute, wholeMs: 13 * 60 * minute, warnMs: 2 * minute },
  person: { idleMs: 15 * minute, wholeMs: 4 * 60 * minute, warnMs: 2 * minute },
} as const satisfies Record<string, TimeLimits>;

/** When a visit ends if nothing more is asked, and when it ends whatever is asked. */
export function endsAt(session: Pick<Session, 'begun' | 'lastSeen'>, limits: TimeLimits): Date {
  return new Date(
    Math.min(session.lastSeen.getTime() + limits.idleMs, session.begun.getTime() + limits.wholeMs),
  );
}

/** True while a visit is good at `now`: its last minute counts, its end does not. */
export function isLive(session: Pick<Session, 'begun' | 'lastSeen'>, limits: TimeLimits, now: Date): boolean {
  return now < endsAt(session, limits);
}

/** From when on somebody is warned that the visit ends. */
export function warnsAt(session: Pick<Session, 'begun' | 'lastSeen'>, limits: TimeLimits): Date {
  return new Date(endsAt(session, limits).getTime() - limits.warnMs);
}
