/**
 * Chances in a year that shape lives. They follow the order of magnitude of national statistics for England about 2021 and
 * are rounded by us; what matters is that the people who result look like England (see the test of ages).
 */
import type { Sex } from '../names/communities.ts';
import type { Scenario } from './types.ts';

/** Dying within a year. Fitted to the National Life Tables (ONS, England 2018 to 2020), which rise by a tenth each year of age. */
export function deathChance(age: number, sex: Sex, imdDecile: number): number {
  const base = age < 1 ? 0.0035 : Math.min(0.9, Math.exp(-10.78 + 0.0995 * age) + 0.0001);
  const byWealth = 1.4 - 0.075 * imdDecile;
  return base * byWealth * (sex === 'M' ? 1.16 : 0.86);
}

const birthsByAge = [
  [20, 0.03],
  [25, 0.115],
  [30, 0.18],
  [35, 0.2],
  [40, 0.11],
  [45, 0.025],
] as const;

/** A woman who lives with a partner having a child within a year. */
export function birthChance(age: number, children: number): number {
  const byAge = birthsByAge.find(([until]) => age < until)?.[1] ?? 0;
  return byAge * (children >= 3 ? 0.3 : children === 2 ? 0.55 : 1);
}

/** A household moving within a year. */
export const moveChance = (age: number): number =>
  age < 30 ? 0.2 : age < 45 ? 0.1 : age < 65 ? 0.045 : 0.022;

export const chances = {
  twins: 0.016,
  /** Of those who move, how many leave the area. */
  leavesArea: 0.28,
  leavesHome: 0.16,
  leavesHomeFar: 0.36,
  wedding: 0.11,
  separation: 0.016,
  backToMaidenName: 0.3,
  newPartner: 0.035,
  /** Household that came from elsewhere in the years told. */
  cameLately: 0.13,
  movedBefore: 0.3,
  hasPhone: 0.9,
  hasEmail: 0.55,
} as const;

/** Moving into a care home within a year, for someone who lives alone. */
export const careHomeChance = (age: number): number => (age < 75 ? 0.001 : age < 85 ? 0.015 : 0.07);

/** Households of each special kind among 1,000. More than in life for the rarest, so that each can be tried. */
export const scenariosInThousand: Readonly<Record<Scenario, number>> = {
  'like-twins': 3,
  'same-name-father-and-son': 5,
  adoption: 1,
  'gender-change': 1,
  prison: 2,
  'no-fixed-abode': 3,
  restricted: 5,
  'without-number': 8,
};
