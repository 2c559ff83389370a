import { Problem } from '../../../platform/errors.ts';
import { blocking } from './default-blocking.ts';
import { vetoes } from './default-vetoes.ts';
import { conditionOf } from './splink-conditions.ts';
import { fieldNamed } from './splink-fields.ts';
import { readParts } from './splink-parts.ts';
import { readSql } from './sql-read.ts';
import type { SplinkComparison, SplinkLevel, SplinkSettings } from './splink-out.ts';
import type { Comparison, Level, Model } from './types.ts';

/**
 * A model from Splink settings (versions 3 to 5). Conditions that cannot be said in our terms are refused by name. Candidates are
 * found by our own blocking rules, which find at least as many; vetoes are ours.
 */
export function modelFromSplink(json: unknown): Model {
  if (!isSettings(json)) {
    throw new Problem('link/splink', 400, 'This is neither a model of ours nor Splink settings.', {
      wayOut: 'Splink settings have a list called "comparisons", each with "comparison_levels".',
    });
  }
  const chance = json.probability_two_random_records_match;
  return {
    version: 'splink',
    prior: chance > 0 && chance < 1 ? Math.log2(chance / (1 - chance)) : -20,
    comparisons: json.comparisons.map(comparisonOf),
    termFrequencies: {},
    blocking,
    vetoes,
    thresholds: { link: 17, review: 0, margin: 5 },
  };
}

function isSettings(json: unknown): json is SplinkSettings {
  if (typeof json !== 'object' || json === null) return false;
  const { comparisons } = json as { comparisons?: unknown };
  return (
    Array.isArray(comparisons) &&
    comparisons.length > 0 &&
    comparisons.every((each: { comparison_levels?: unknown } | null) =>
      Array.isArray(each?.comparison_levels),
    )
  );
}

function comparisonOf(comparison: SplinkComparison): Comparison {
  const levels = comparison.comparison_levels.map(levelOf);
  return { name: comparison.comparison_description ?? comparison.output_column_name, levels };
}

function levelOf(level: SplinkLevel): Level {
  const condition = level.sql_condition.trim();
  const label = level.label_for_charts ?? condition;
  const isElse = condition.toLowerCase() === 'else';
  const column = level.tf_adjustment_column;
  return {
    label,
    ...(isElse ? {} : { when: conditionOf(readParts(readSql(condition), condition), condition) }),
    ...(level.is_null_level ? { isNull: true as const } : {}),
    ...(level.m_probability == null ? {} : { m: level.m_probability }),
    ...(level.u_probability == null ? {} : { u: level.u_probability }),
    ...(column == null
      ? {}
      : {
          termFrequency: {
            field: fieldNamed(column, condition),
            share: level.tf_adjustment_weight ?? 1,
            floor: level.tf_minimum_u_value ?? 0,
          },
        }),
  };
}
