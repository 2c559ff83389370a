import type { Claim } from '../types.ts';
import { codeable, codeKey, codeSystem, conceptOf } from './codes.ts';
import { idOf, missing, missingSegment, wholeClaim, type Context } from './context.ts';
import { elementsOf } from './datatypes.ts';
import { encounterOf } from './encounter.ts';
import { medicationClaim } from './medication.ts';
import {
  numbersOf,
  orderer,
  orderIdentifiers,
  orderKey,
  ordersIn,
  orderState,
  priorityOf,
  type Order,
  type OrderState,
} from './order.ts';
import { patientOf } from './patient.ts';

const statuses: Record<OrderState, string> = {
  active: 'active',
  'on-hold': 'on-hold',
  cancelled: 'revoked',
  stopped: 'revoked',
  completed: 'completed',
  'entered-in-error': 'entered-in-error',
};

/**
 * ORM, OMG, OML, OMI, OMP: each order of a test or service (OBR) as a ServiceRequest, of a medicine (RXO) as a MedicationRequest.
 * Source: HL7 v2.4, chapter 4.
 */
export function orderClaims(context: Context): Claim[] {
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const orders = ordersIn(context, ['OBR', 'RXO']);
  if (orders.length === 0)
    throw missingSegment(
      'OBR',
      'The message orders neither a test or service (OBR) nor a medicine (RXO). Orders of food and supplies are not taken: ask the sender to leave them out.',
    );
  const claims = orders.map((order) =>
    order.detail.name === 'RXO'
      ? medicationClaim(context, order, key.id, stay?.id)
      : serviceClaim(context, order, key.id, stay?.id),
  );
  return stay === undefined ? [patient, ...claims] : [patient, stay, ...claims];
}

function serviceClaim(context: Context, order: Order, patientId: string, stay: string | undefined): Claim {
  const { control, detail, notes } = order;
  const { sender, dates } = context;
  const code = codeable(detail.first(4), sender);
  if (code === undefined) throw missing(detail, 4, 'What is ordered');
  const key = orderKey(order, true);
  const section = detail.value(24);
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: orderIdentifiers(context, numbersOf(order, true)),
    status: statuses[orderState(control)],
    intent: 'order',
    category: section === '' ? [] : [conceptOf(codeSystem.diagnosticService, section)],
    priority: priorityOf(order, detail.value(27, 6) || detail.value(5)),
    code,
    subject: { reference: `Patient/${patientId}` },
    encounter: stay === undefined ? undefined : { reference: `Encounter/${stay}` },
    occurrenceDateTime: dates.moment(detail, 36) ?? dates.moment(detail, 6),
    authoredOn: dates.moment(control, 9),
    requester: orderer(context, order, 16),
    reasonCode: detail
      .repeats(31)
      .map((value) => codeable(value, sender))
      .filter((found) => found !== undefined),
    note: notes,
  });
  const id = idOf(context, 'order', ...key, codeKey(code));
  return wholeClaim(context, 'ServiceRequest', id, elements, detail.at(4));
}
