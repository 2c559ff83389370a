import type { Param } from './types.ts';

/** True when search answers a parameter: all but special and composite ones that cannot be worked out. */
export function isAnswered(param: Param): boolean {
  if (param.kind === 'special') return param.paths.length > 0;
  return param.kind !== 'composite' || param.composites !== undefined;
}
