import { typeNumber } from '../../resource-types.ts';
import { emit, rowsWhere } from './emit.ts';
import type { Emit, PagePart } from './types.ts';

/** What is read of each row, with its sort keys as text. `content` may be a shorter expression. */
export function columnsOf(keys: readonly string[], content: string): string {
  return [
    'r.patient_id, r.type, r.rid, r.version, r.created::text as created, r.last_updated',
    content === 'content' ? 'r.content' : `${content} as content`,
    ...keys.map((key, index) => `(${key})::text as k${index}`),
  ].join(', ');
}

/** Both conditions of a part, on alias r. */
export function partWhere(to: Emit, part: PagePart): string {
  const found = rowsWhere(to, part.find, 'r', part.type, 'find');
  if (part.test.is === 'all') return found;
  return `${found} and ${emit(to, part.test, 'r', typeNumber(part.type), 'test')}`;
}
