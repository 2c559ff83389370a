import type { Condition } from '../conditions/types.ts';
import { statementName } from '../sql/names.ts';
import { leadsOneWay } from './plan.ts';

/** The options of a statement with this condition: a name where one plan serves all values. */
export function plannedOnce(text: string, condition: Condition): { name?: string } {
  const name = leadsOneWay(condition) ? statementName(text) : undefined;
  return name === undefined ? {} : { name };
}
