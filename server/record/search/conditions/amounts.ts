import { split, takePrefix, unescape } from '../asking/split.ts';
import type { Param } from '../parameters/types.ts';
import { typeNumber } from '../../resource-types.ts';
import type { Context } from './context.ts';
import { broken } from './context.ts';
import { numberTest } from './ranges.ts';
import { none, or, type Condition } from './types.ts';

/** What a number parameter asks. */
export function numberCondition(param: Param, values: string[]): Condition {
  const params = param.members.map((member) => member.ordinal);
  return or(
    values.map((value): Condition => ({ is: 'numbers', params, test: numberTest(param.code, value) })),
  );
}

/**
 * What a quantity parameter asks: `5.4`, `5.4|system|code`, `5.4||code` (code or unit as written). Units are not
 * converted. `qualifiers` are the codes beside the number, for composites.
 */
export async function quantityCondition(
  context: Context,
  param: Param,
  values: string[],
  qualifiers?: string[],
): Promise<Condition> {
  const params = param.members.map((member) => member.ordinal);
  const beside = qualifiers ?? (await anyQualifier(context, param));
  const found = await Promise.all(
    values.map(async (value): Promise<Condition> => {
      const { prefix } = takePrefix(value);
      const [number = '', system, code, ...more] = split(value, '|');
      if (more.length > 0)
        throw broken(param.code, `${param.code} is number, number|system|code or number||code.`);
      const test = numberTest(param.code, number === '' ? prefix : number);
      const units = await unitsOf(context, system, code);
      if (units?.length === 0) return none;
      return { is: 'numbers', params, test, ...(beside && { qualifiers: beside }), ...(units && { units }) };
    }),
  );
  return or(found);
}

/** All codes known beside a number, and none: the index has them before the number. Undefined when no codes stand beside it. */
async function anyQualifier(context: Context, param: Param): Promise<string[] | undefined> {
  if (!param.members.some((member) => member.qualifiedBy !== undefined)) return undefined;
  const ordinals = param.members.map((member) => member.ordinal);
  const found = await context.lookUp.wordings(typeNumber(param.type), ordinals, 'start', ['']);
  return ['0', ...found.map((one) => one.token)];
}

async function unitsOf(
  context: Context,
  system: string | undefined,
  code: string | undefined,
): Promise<string[] | undefined> {
  if (code === undefined || code === '') return undefined;
  if (system === undefined || system === '') return context.lookUp.units(unescape(code));
  return context.lookUp.unitsOfSystem(unescape(system), unescape(code));
}
