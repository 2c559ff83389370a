import type { RosterFile } from '../format/index.ts';

/**
 * What the made-up ward has whatever its size: shifts, competences, contracts, tiers. Day shifts of 12 and a
 * half hours with an hour unpaid.
 */
export const shifts: RosterFile['shifts'] = [
  { id: 'E', name: 'Early', start: '07:00', end: '15:00', breakMinutes: 30 },
  { id: 'L', name: 'Late', start: '13:00', end: '21:00', breakMinutes: 30 },
  { id: 'LD', name: 'Long day', start: '07:00', end: '19:30', breakMinutes: 60 },
  { id: 'N', name: 'Night', start: '19:00', end: '07:30', breakMinutes: 60 },
];

export const longMinutes = 690;

export const competences: RosterFile['competences'] = [
  { id: 'in-charge', name: 'May take charge of the ward' },
  { id: 'iv', name: 'Intravenous medicines' },
  { id: 'chemotherapy', name: 'Chemotherapy' },
];

export const tiers: RosterFile['tiers'] = [
  { id: 'own', kind: 'own', paid: 'by-contract', pencePerHour: 1700 },
  { id: 'bank', kind: 'bank', paid: 'by-hour', pencePerHour: 2200 },
  { id: 'agency', kind: 'agency', paid: 'by-hour', pencePerHour: 4200 },
];

const packs = ['wtr-1998', 'agenda-for-change', 'ward-policy-example'];
const hours = { underMinutes: 360, overMinutes: 360, weight: 8, mostOverMinutes: 900 };

/** Weekly minutes of the contracts, and how many people in a hundred hold each. */
export const contractShares: readonly [number, number][] = [
  [2250, 58],
  [1800, 18],
  [1440, 12],
  [1350, 12],
];

export const contracts: RosterFile['contracts'] = [
  ...contractShares.map(([weeklyMinutes]) => ({ id: `w${weeklyMinutes / 60}`, weeklyMinutes, packs, hours })),
  { id: 'by-offer', weeklyMinutes: 0, packs: ['wtr-1998', 'ward-policy-example'] },
];

/** Bands, how many people in a hundred hold each, and pence for an hour. */
export const bands: readonly { band: number; share: number; pence: number }[] = [
  { band: 7, share: 4, pence: 2500 },
  { band: 6, share: 16, pence: 2050 },
  { band: 5, share: 42, pence: 1650 },
  { band: 3, share: 14, pence: 1270 },
  { band: 2, share: 24, pence: 1200 },
];

/** Public holidays in England. Source: gov.uk/bank-holidays. */
export const holidays = [
  '2026-01-01',
  '2026-04-03',
  '2026-04-06',
  '2026-05-04',
  '2026-05-25',
  '2026-08-31',
  '2026-12-25',
  '2026-12-28',
];
