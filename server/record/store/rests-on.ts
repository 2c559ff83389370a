import type { Dependence } from '../types.ts';

/** The name under which every change is counted. */
export const anything = '*';

/** The names under which what an answer rests on is changed: ids of patients, and types. Who comes to carry a token cannot be named. */
export function namesOf({ patients, tokens, types = [] }: Dependence): string[] {
  return tokens.length > 0 ? [anything] : [...patients, ...types];
}
