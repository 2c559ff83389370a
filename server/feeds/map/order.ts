import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import { conceptOf } from './codes.ts';
import { missing, type Context } from './context.ts';
import { clinician, organisation } from './datatypes.ts';
import { under } from './source.ts';

/** One order of a message: its ORC, the segment that says what is ordered, and those that follow it. */
export type Order = { control: Segment | undefined; detail: Segment; notes: Json[]; rest: Segment[] };

/** Cuts the orders out of a message. `details` are the names of segments that say what is ordered. */
export function ordersIn(context: Context, details: readonly string[]): Order[] {
  const orders: Order[] = [];
  let control: Segment | undefined;
  /** What stands between ORC and the detail belongs to the order that begins. */
  let before: Segment[] = [];
  for (const segment of context.message.segments) {
    const order = orders.at(-1);
    if (segment.name === 'ORC') {
      control = segment;
      before = [];
    } else if (details.includes(segment.name)) {
      const notes = before.filter(({ name }) => name === 'NTE').flatMap(noteOf);
      orders.push({ control, detail: segment, notes, rest: before });
      control = undefined;
      before = [];
    } else if (control !== undefined) before.push(segment);
    else if (segment.name === 'NTE') order?.notes.push(...noteOf(segment));
    else order?.rest.push(segment);
  }
  return orders;
}

/** NTE as an annotation. */
export function noteOf(segment: Segment): Json[] {
  const text = segment
    .repeats(3)
    .map((value) => value.text)
    .join('\n')
    .trim();
  return text === '' ? [] : [{ text }];
}

/** The numbers of the orderer (placer) and of who carries it out (filler): fields 2 and 3 of ORC, or those of the detail. */
export function numbersOf(order: Pick<Order, 'control' | 'detail'>, inDetail: boolean) {
  const { control, detail } = order;
  const number = (field: number): string =>
    control?.value(field) || (inDetail ? detail.value(field) : '') || '';
  return { placer: number(2), filler: number(3) };
}

/** What tells an order from others: the number of its orderer, else of who carries it out, else of its group. Refuses one without either. */
export function orderKey(order: Order, inDetail: boolean): string[] {
  const { placer, filler } = numbersOf(order, inDetail);
  const group = order.control?.value(4) ?? '';
  if (placer === '' && filler === '' && group !== '') return ['group', group];
  if (placer === '' && filler === '')
    throw missing(order.control ?? order.detail, 2, 'The number of the order');
  return placer === '' ? ['filler', filler] : ['placer', placer];
}

const idTypes = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/** The numbers of an order as identifiers. */
export function orderIdentifiers(
  { sender }: Context,
  { placer, filler }: { placer: string; filler: string },
): Json[] {
  const made = (type: string, kind: string, value: string): Json[] =>
    value === '' ? [] : [{ type: conceptOf(idTypes, type), system: under(sender.source, kind), value }];
  return [...made('FILL', 'orders', filler), ...made('PLAC', 'requests', placer)];
}

/** How far an order is, as all kinds of order tell it. */
export type OrderState = 'active' | 'on-hold' | 'cancelled' | 'stopped' | 'completed' | 'entered-in-error';

/** Order control in ORC-1, where it alone decides. Source: HL7 table 0119. */
const controls: Record<string, OrderState> = {
  CA: 'cancelled',
  OC: 'cancelled',
  CR: 'cancelled',
  UA: 'cancelled',
  DC: 'stopped',
  OD: 'stopped',
  DR: 'stopped',
  RP: 'stopped',
  RU: 'stopped',
  HD: 'on-hold',
  OH: 'on-hold',
  HR: 'on-hold',
};

/** Order status in ORC-5. Source: HL7 table 0038. */
const statuses: Record<string, OrderState> = {
  CA: 'cancelled',
  CM: 'completed',
  DC: 'stopped',
  RP: 'stopped',
  ER: 'entered-in-error',
  HD: 'on-hold',
};

export function orderState(control: Segment | undefined): OrderState {
  return (
    controls[control?.value(1).toUpperCase() ?? ''] ??
    statuses[control?.value(5).toUpperCase() ?? ''] ??
    'active'
  );
}

/** Priorities of quantity and timing, component 6, and of TQ1-9. Source: HL7 table 0485. */
const priorities: Record<string, string> = { S: 'stat', A: 'asap', U: 'urgent', R: 'routine' };

export function priorityOf({ control, rest }: Order, detailTiming?: string): string | undefined {
  const timing = rest.find(({ name }) => name === 'TQ1');
  const said = timing?.value(9) || control?.value(7, 6) || detailTiming || '';
  return priorities[said.toUpperCase()];
}

/** Who ordered: a field of ORC or of the detail, else the sender. */
export const orderer = (context: Context, { control, detail }: Order, field: number): Json =>
  clinician(control?.first(12) ?? detail.first(field), context.sender) ??
  organisation(context.sender.facility);
