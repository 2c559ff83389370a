import type { Known } from './filters.ts';
import type { Include, Refusal } from './types.ts';

/** Reads `Type:code`, `Type:code:Target`, `Type:*` or `*`. */
export function readInclude(
  known: Known,
  type: string | undefined,
  value: string,
  iterate: boolean,
  reverse: boolean,
): Include | Refusal {
  if (value === '*') {
    if (reverse || type === undefined)
      return { refused: '* needs the type it starts from.', code: 'not-supported' };
    return { type, code: '*', iterate };
  }
  const [from = '', code = '', target, ...more] = value.split(':');
  if (!known.definitions.isResourceType(from) || code === '' || more.length > 0) {
    return { refused: 'An include is Type:reference or Type:reference:Target.', code: 'invalid' };
  }
  if (target !== undefined && target !== '' && !known.definitions.isResourceType(target)) {
    return { refused: `${target} is no resource type.`, code: 'invalid' };
  }
  const param = known.params(from).byCode.get(code);
  if (code !== '*' && param?.kind !== 'reference') {
    return { refused: `${from} has no reference parameter ${code}.`, code: 'not-supported' };
  }
  return { type: from, code, iterate, ...(target ? { target } : {}) };
}
