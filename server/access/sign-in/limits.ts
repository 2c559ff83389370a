import type { Limit } from '../../platform/http/index.ts';

/**
 * Our choice, for each ICS to change. A ward or a surgery often has one address for all its staff at the start of a shift, so
 * sign-in must let many through at once; what it must stop is thousands. ASVS 5.0 (V2.4.1, V6.3.1) asks for limits and gives none.
 */
export const signInLimit = { word: 'sign-in', atOnce: 120, perMinute: 240 } as const;

/** Programs renew a token every five minutes; apps need one code each. */
export const tokenLimit = { word: 'token', atOnce: 120, perMinute: 240 } as const;

/** What one program may ask of the record. Bulk work has its own ways: import and export. */
export const programLimit: Limit = { atOnce: 2_000, perMinute: 12_000 };
