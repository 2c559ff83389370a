import { typeNumber } from '../../resource-types.ts';
import { exists } from './exists.ts';
import { columnsOf, partWhere } from './part.ts';
import type { Emit, PagePart, Place } from './types.ts';

/** As many letters of a text as its index holds. */
const indexed = 64;

/**
 * A page in the order of a text, such as a family name, read from the index of the texts. A resource with several texts
 * stands at the first of them in the order.
 */
export function textWalk(
  to: Emit,
  part: PagePart,
  after: Place | undefined,
  limit: number,
  content: string,
): string {
  const { bindings } = to;
  const [order] = part.orders;
  if (order?.strings === undefined) throw new Error('A walk by texts needs an order by one text parameter.');
  const [sign, direction] = order.descending ? ['>', 'desc'] : ['<', 'asc'];
  const param = bindings.add(order.strings, 'smallint');
  const where = [
    `s.type = ${bindings.add(typeNumber(part.type), 'smallint')}`,
    `s.param = ${param}`,
    partWhere(to, part),
    `not ${exists(
      to,
      `record.search_string o
       where o.patient_id = s.patient_id and o.type = s.type and o.rid = s.rid and o.param = ${param}
         and (o.value, o.exact) ${sign} (s.value, s.exact)`,
    )}`,
  ];
  if (after !== undefined) where.push(afterText(to, order.descending, after));
  return `select ${columnsOf(['s.value'], content, to.reader)}
    from record.search_string s
    join record.resource r on r.patient_id = s.patient_id and r.type = s.type and r.rid = s.rid
    where ${where.join(' and ')}
    order by left(s.value, ${indexed}) ${direction}, s.value ${direction}, r.created, r.rid
    limit ${bindings.add(limit, 'integer')}`;
}

function afterText(to: Emit, descending: boolean, after: Place): string {
  const { bindings } = to;
  const value = bindings.add(after.keys[0] ?? '', 'text');
  const sign = descending ? '<' : '>';
  return `left(s.value, ${indexed}) ${sign}= left(${value}, ${indexed})
    and (s.value ${sign} ${value} or (s.value = ${value}
      and (r.created, r.rid) > (${bindings.add(after.created, 'bigint')}, ${bindings.add(after.rid, 'uuid')})))`;
}
