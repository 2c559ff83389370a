import { typeNumber } from '../../resource-types.ts';
import { emit, rowsWhere } from './emit.ts';
import type { Reader } from './bindings.ts';
import type { Emit, PagePart } from './types.ts';

/** What is read of each row, with its sort keys as text. `content` may be a shorter expression. */
export function columnsOf(keys: readonly string[], content: string, { asksWhoSaid }: Reader): string {
  return [
    'r.patient_id, r.type, r.rid, r.version, r.created::text as created, r.last_updated',
    content === 'content' ? 'r.content' : `${content} as content`,
    ...(asksWhoSaid === true ? ['source', 'channel'].map(ofDelivery) : []),
    ...keys.map((key, index) => `(${key})::text as k${index}`),
  ].join(', ');
}

/** Asked for the rows of the page alone, after they are put in order. */
const ofDelivery = (column: string): string =>
  `(select d.${column} from record.delivery d where d.id = r.delivery_id) as ${column}`;

/** Both conditions of a part, on alias r. */
export function partWhere(to: Emit, part: PagePart): string {
  const found = rowsWhere(to, part.find, 'r', part.type, 'find');
  if (part.test.is === 'all') return found;
  return `${found} and ${emit(to, part.test, 'r', typeNumber(part.type), 'test')}`;
}
