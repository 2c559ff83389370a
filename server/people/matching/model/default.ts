import { blocking } from './default-blocking.ts';
import { comparisons } from './default-comparisons.ts';
import { commonNames } from './default-names.ts';
import { vetoes } from './default-vetoes.ts';
import type { Model } from './types.ts';

/**
 * The model for one ICS before it has learned from its own data. The prior stands for one person in a million. Links are
 * made at one wrong in 100,000 (16.6 bits), and people decide from even odds on; a rival must be 5 bits behind, as the
 * Master Person Service asks for 5 points.
 */
export const defaultModel: Model = {
  version: 'openics-2026-11-22.2',
  prior: -20,
  comparisons,
  termFrequencies: commonNames,
  blocking,
  vetoes,
  thresholds: { link: 17, review: 0, margin: 5 },
};
