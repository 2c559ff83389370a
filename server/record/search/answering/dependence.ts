import type { Dependence } from '../../types.ts';
import type { Context } from '../conditions/context.ts';
import type { Condition } from '../conditions/types.ts';

/** More patients or tokens than this are not worth looking up again before an answer is used again. */
const mostNamed = 200;

/**
 * What the rows of a condition depend on, where that is a few patients or references and can be said without reading.
 * Undefined for conditions on other resources, and for codes, which any resource may come to carry.
 */
export function dependenceOf(condition: Condition): Dependence | undefined {
  switch (condition.is) {
    case 'none':
      return nothing;
    case 'patients':
      return bounded({ patients: condition.any, tokens: [] });
    case 'rows':
    case 'refs':
      return bounded({ patients: condition.patients, tokens: [] });
    case 'tokens':
      return condition.any.some(isCounted) ? undefined : bounded({ patients: [], tokens: condition.any });
    case 'or':
      return joined(condition.of.map(dependenceOf));
    case 'and':
      // Rows that fulfil all parts are among those of any one part; the other parts must look at those rows alone.
      return condition.of.every(isOfItsOwnRow)
        ? condition.of.map(dependenceOf).find((one) => one !== undefined)
        : undefined;
    default:
      return undefined;
  }
}

/** All of these together; undefined when one is not known or they are too many. */
export function joined(parts: readonly (Dependence | undefined)[]): Dependence | undefined {
  if (parts.some((one) => one === undefined)) return undefined;
  const known = parts as readonly Dependence[];
  const types = new Set(known.flatMap((one) => one.types ?? []));
  return bounded({
    patients: [...new Set(known.flatMap((one) => one.patients))],
    tokens: [...new Set(known.flatMap((one) => one.tokens))],
    ...(types.size > 0 && { types: [...types] }),
  });
}

/** The type asked for and those of the resources it is chosen by: whatever is found, it can change with these only. */
export function typesOf(type: string, condition: Condition): string[] {
  return [type, ...othersIn(condition)];
}

function othersIn(condition: Condition): string[] {
  switch (condition.is) {
    case 'and':
    case 'or':
      return condition.of.flatMap(othersIn);
    case 'not':
    case 'codes':
      return othersIn(condition.of);
    case 'ofPatient':
      return typesOf('Patient', condition.of);
    case 'to':
    case 'from':
    case 'hasOwn':
      return typesOf(condition.type, condition.of);
    default:
      return [];
  }
}

const nothing: Dependence = { patients: [], tokens: [] };

const bounded = (one: Dependence): Dependence | undefined =>
  one.patients.length + one.tokens.length > mostNamed ? undefined : one;

/** Codes are counted, and may be carried by most resources; references are not. */
const isCounted = (token: string): boolean => (BigInt(token) & 1n) === 1n;

/** True when a condition looks at nothing but the row itself. */
export function isOfItsOwnRow(condition: Condition): boolean {
  switch (condition.is) {
    case 'and':
    case 'or':
      return condition.of.every(isOfItsOwnRow);
    case 'not':
      return isOfItsOwnRow(condition.of);
    case 'to':
    case 'from':
    case 'ofPatient':
    case 'hasOwn':
      return false;
    default:
      return true;
  }
}

/** The same context, and whether it was asked to look up anything that is stored. */
export function watched(context: Context): { context: Context; wasAsked: () => boolean } {
  let asked = false;
  const note = <Args extends unknown[], Found>(look: (...args: Args) => Found) => {
    return (...args: Args): Found => {
      asked = true;
      return look(...args);
    };
  };
  const { lookUp } = context;
  return {
    context: {
      ...context,
      lookUp: {
        patientIdsOf: note(lookUp.patientIdsOf),
        wordings: note(lookUp.wordings),
        units: note(lookUp.units),
        unitsOfSystem: note(lookUp.unitsOfSystem),
        listContent: note(lookUp.listContent),
      },
    },
    wasAsked: () => asked,
  };
}

/** True when a value is compared with about a moment or number (`ap`): for dates that depends on the time of asking. */
export const asksAbout = (query: readonly (readonly [string, string])[]): boolean =>
  query.some(([, value]) => /(?:^|[,$])ap/.test(value));
