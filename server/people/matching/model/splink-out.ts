import { blockingSql, conditionSql } from './sql.ts';
import type { Level, Model } from './types.ts';

/** Splink's settings, as versions 4 and 5 write them. Source: Splink documentation, "Settings", 2026. */
export type SplinkSettings = {
  link_type: string;
  sql_dialect: string;
  unique_id_column_name: string;
  probability_two_random_records_match: number;
  blocking_rules_to_generate_predictions: { blocking_rule: string; sql_dialect: string }[];
  comparisons: SplinkComparison[];
  [other: string]: unknown;
};

export type SplinkComparison = {
  output_column_name: string;
  comparison_description?: string;
  comparison_levels: SplinkLevel[];
};

export type SplinkLevel = {
  sql_condition: string;
  label_for_charts?: string;
  is_null_level?: boolean;
  m_probability?: number | null;
  u_probability?: number | null;
  tf_adjustment_column?: string | null;
  tf_adjustment_weight?: number;
  tf_minimum_u_value?: number;
};

/** A model as Splink settings, for tables whose columns are named as our fields. Vetoes and thresholds have no place there. */
export function splinkFrom(model: Model): SplinkSettings {
  return {
    link_type: 'dedupe_only',
    sql_dialect: 'duckdb',
    unique_id_column_name: 'unique_id',
    probability_two_random_records_match: 1 / (1 + 2 ** -model.prior),
    blocking_rules_to_generate_predictions: model.blocking.map((rule) => ({
      blocking_rule: blockingSql(rule),
      sql_dialect: 'duckdb',
    })),
    comparisons: model.comparisons.map(({ name, levels }) => ({
      output_column_name: name.replaceAll(/[^a-z]+/g, '_'),
      comparison_description: name,
      comparison_levels: levels.map(splinkLevel),
    })),
  };
}

function splinkLevel(level: Level): SplinkLevel {
  const { label, when, isNull, m, u, termFrequency } = level;
  return {
    sql_condition: when === undefined ? 'ELSE' : conditionSql(when),
    label_for_charts: label,
    ...(isNull ? { is_null_level: true } : {}),
    ...(isNull || m === undefined ? {} : { m_probability: m }),
    ...(isNull || u === undefined ? {} : { u_probability: u }),
    ...(termFrequency === undefined
      ? {}
      : {
          tf_adjustment_column: termFrequency.field,
          tf_adjustment_weight: termFrequency.share,
          tf_minimum_u_value: termFrequency.floor,
        }),
  };
}
