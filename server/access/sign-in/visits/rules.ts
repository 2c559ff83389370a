import type { Session } from '../types.ts';

/**
 * Somebody who ends another visit or takes leave from an app must have signed in this recently, so that whoever finds a screen open cannot.
 * ASVS 5.0 (V7.5.2) asks for signing in again and gives no time.
 */
export const freshMs = 15 * 60_000;

export const isFresh = ({ begun }: Pick<Session, 'begun'>, now: Date): boolean =>
  now.getTime() - begun.getTime() < freshMs;
