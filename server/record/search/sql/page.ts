import type { Condition } from '../conditions/types.ts';
import { Bindings, type Reader } from './bindings.ts';
import { dateBounds } from './date-bounds.ts';
import { carriedCombinations, carriedTokens, emitter, rowsWhere } from './emit.ts';
import { columnsOf, partWhere } from './part.ts';
import { textWalk } from './text-walk.ts';
import type { Order } from './sorts.ts';
import type { Access, Emit, PagePart, Place, Statement } from './types.ts';

/** The statement of one page. Several types are merged in one order. */
export function pageStatement(
  parts: readonly PagePart[],
  after: Place | undefined,
  limit: number,
  reader: Reader,
  content = 'content',
): Statement {
  const bindings = new Bindings();
  const selects = parts.map((part) => partSelect(emitter(bindings, reader), part, after, limit, content));
  if (selects.length === 1) return { text: selects[0]!, values: bindings.values };
  const orders = parts[0]!.orders;
  const by = orders.flatMap((order, index) => sortTerms(`k${index}::${order.type}`, order));
  const text = `select * from (${selects.map((one) => `(${one})`).join(' union all ')}) r
    order by ${[...by, 'created::bigint', 'rid'].join(', ')} limit ${bindings.add(limit, 'integer')}`;
  return { text, values: bindings.values };
}

function partSelect(
  to: Emit,
  part: PagePart,
  after: Place | undefined,
  limit: number,
  content: string,
): string {
  const { bindings } = to;
  const { access, orders } = part;
  if (access.by === 'strings') return textWalk(to, part, after, limit, content);
  const keys = orders.map((order) => order.expression('r', bindings));
  const columns = columnsOf(keys, content, to.reader);
  const where = [partWhere(to, part)];
  const placed = after === undefined ? undefined : afterPlace(orders, keys, after, bindings);
  const order = orderBy(orders, keys, access);
  const notNull = access.by === 'order' ? nullTest(orders, keys, after) : undefined;
  const inner = [placed, notNull].filter((one) => one !== undefined);
  if (access.by === 'order' && access.most !== undefined) {
    const start = walkStart(part, bindings);
    const walk = [rowsWhere(to, { is: 'all' }, 'r', part.type, 'test'), ...start, ...inner].join(' and ');
    return `select ${columns}
      from (select r.* from record.resource r where ${walk} order by ${order} limit ${bindings.add(access.most, 'integer')}) r
      where ${where.join(' and ')} order by ${order} limit ${bindings.add(limit, 'integer')}`;
  }
  return `select ${columns} from record.resource r
    where ${[...where, ...inner].join(' and ')} order by ${order} limit ${bindings.add(limit, 'integer')}`;
}

/** Where a walk by date may start, by the dates that the condition asks for. */
function walkStart({ test, orders }: PagePart, bindings: Bindings): string[] {
  const [order] = orders;
  if (order?.column !== 'date_low') return [];
  const { lowFrom, lowBefore } = dateBounds(test);
  if (order.descending) return lowBefore === Infinity ? [] : [`r.date_low < ${bindings.moment(lowBefore)}`];
  return lowFrom === -Infinity ? [] : [`r.date_low >= ${bindings.moment(lowFrom)}`];
}

/** An order walked through an index has no rows without a value; they come after all others, in a page of their own. */
function nullTest(orders: Order[], keys: string[], after: Place | undefined): string | undefined {
  const [first] = orders;
  if (first === undefined || !first.nullable) return undefined;
  return after !== undefined && after.keys[0] === null ? `${keys[0]} is null` : `${keys[0]} is not null`;
}

function orderBy(orders: Order[], keys: string[], access: Access): string {
  const walked = access.by === 'order';
  const terms = orders.flatMap((order, index) => {
    if (walked) return [`${keys[index]} ${order.descending ? 'desc' : 'asc'}`];
    return sortTerms(keys[index]!, order);
  });
  const created = access.by === 'conditions' ? '(r.created + 0)' : 'r.created';
  return [...terms, created, 'r.rid'].join(', ');
}

/** Missing values come last in either direction. */
function sortTerms(key: string, order: Order): string[] {
  const direction = order.descending ? 'desc' : 'asc';
  return order.nullable ? [`(${key} is null)`, `${key} ${direction}`] : [`${key} ${direction}`];
}

/** Rows after a place in the order: equal in the keys before one, beyond it in that one. */
function afterPlace(orders: Order[], keys: string[], place: Place, bindings: Bindings): string {
  const created = bindings.add(place.created, 'bigint');
  const rid = bindings.add(place.rid, 'uuid');
  if (orders.length === 0) return `(r.created, r.rid) > (${created}, ${rid})`;
  const values = orders.map((order, index) => {
    const value = place.keys[index] ?? null;
    return value === null ? null : bindings.add(value, order.type);
  });
  const same = (index: number): string =>
    values[index] === null ? `${keys[index]} is null` : `${keys[index]} = ${values[index]}`;
  const ways = orders.map((order, index) => {
    const beyond = isBeyond(keys[index]!, values[index]!, order);
    return [...orders.keys()].slice(0, index).map(same).concat(beyond).join(' and ');
  });
  ways.push([...orders.keys()].map(same).concat(`(r.created, r.rid) > (${created}, ${rid})`).join(' and '));
  return `(${ways.map((way) => `(${way})`).join(' or ')})`;
}

function isBeyond(key: string, value: string | null, order: Order): string {
  if (value === null) return 'false';
  const sign = order.descending ? '<' : '>';
  return order.nullable ? `(${key} ${sign} ${value} or ${key} is null)` : `${key} ${sign} ${value}`;
}

/** The statement that lists what a condition on another type needs: a few rows, in no order. */
export function innerStatement(
  type: string,
  condition: Condition,
  columns: string,
  limit: number,
  reader: Reader,
): Statement {
  const bindings = new Bindings();
  const where = rowsWhere(emitter(bindings, reader), condition, 'r', type, 'find');
  return {
    text: `select ${columns} from record.resource r where ${where} limit ${bindings.add(limit, 'integer')}`,
    values: bindings.values,
  };
}

/** The statement that lists patients by the counted tokens their resources carry, where that alone answers. */
export function carriersStatement(
  condition: Condition,
  limit: number,
  reader: Reader,
): Statement | undefined {
  const bindings = new Bindings();
  const tokens = carriedTokens(emitter(bindings, reader), condition);
  if (tokens === undefined) return undefined;
  const text = `select distinct patient_id from record.patient_combination
    where combination = any(${carriedCombinations(tokens, bindings)}) limit ${bindings.add(limit, 'integer')}`;
  return { text, values: bindings.values };
}

/** The statement that reads current resources by rid, of any type. */
export function keyedStatement(rids: readonly string[], columns: string, reader: Reader): Statement {
  const bindings = new Bindings();
  const visible = reader.visible('r', bindings);
  const text = `select ${columns}
    from record.resource_key k
    join record.resource r on r.patient_id = k.patient_id and r.type = k.type and r.rid = k.rid
    where k.rid = any(${bindings.add(rids, 'uuid[]')})
      and not r.deleted${visible === undefined ? '' : ` and (${visible})`}`;
  return { text, values: bindings.values };
}
