import type { Param } from '../parameters/types.ts';
import { numberCondition, quantityCondition } from './amounts.ts';
import type { Context } from './context.ts';
import { dateTest } from './ranges.ts';
import { referenceCondition } from './references.ts';
import { stringCondition, uriCondition } from './texts.ts';
import { tokenCondition } from './tokens.ts';
import { none, or, type Condition } from './types.ts';

/** What a parameter that is no composite asks. */
export async function simpleCondition(
  context: Context,
  param: Param,
  modifier: string | undefined,
  values: string[],
): Promise<Condition> {
  switch (param.kind) {
    case 'token':
      return tokenCondition(context, param, modifier, values);
    case 'reference':
      return referenceCondition(context, param, modifier, values);
    case 'string':
      return stringCondition(param, modifier, values);
    case 'uri':
      return uriCondition(context, param, modifier, values);
    case 'date':
      return dateCondition(context, param, values);
    case 'number':
      return numberCondition(param, values);
    case 'quantity':
      return quantityCondition(context, param, values);
    default:
      return none;
  }
}

function dateCondition(context: Context, param: Param, values: string[]): Condition {
  return or(
    values.flatMap((value) =>
      param.members.map((member): Condition => {
        const test = dateTest(param.code, value, context.now);
        return member.mainDate ? { is: 'mainDate', test } : { is: 'dates', params: [member.ordinal], test };
      }),
    ),
  );
}
