import { exactNumber } from '../../record/formats/index.ts';
import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import type { Claim } from '../types.ts';
import { codeable, codeKey } from './codes.ts';
import { idOf, missing, missingSegment, wholeClaim, type Context } from './context.ts';
import { compact, elementsOf } from './datatypes.ts';
import { encounterOf } from './encounter.ts';
import {
  numbersOf,
  orderer,
  orderIdentifiers,
  orderKey,
  ordersIn,
  orderState,
  priorityOf,
  type Order,
} from './order.ts';
import { patientOf } from './patient.ts';

/** Where the two kinds of medicine segment hold the same thing. Source: HL7 v2.4, 4.14.1 (RXO) and 4.14.4 (RXE). */
const fields = {
  RXO: { medicine: 1, dose: 2, unit: 4, how: 7, quantity: 11, quantityUnit: 12, repeats: 13, by: 14 },
  RXE: { medicine: 2, dose: 3, unit: 5, how: 7, quantity: 10, quantityUnit: 11, repeats: 12, by: 13 },
} as const;

/** RDE: each encoded prescription as a MedicationRequest. */
export function prescriptionClaims(context: Context): Claim[] {
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const orders = ordersIn(context, ['RXE']);
  if (orders.length === 0) throw missingSegment('RXE');
  const claims = orders.map((order) => medicationClaim(context, order, key.id, stay?.id));
  return stay === undefined ? [patient, ...claims] : [patient, stay, ...claims];
}

/** RXO or RXE with its ORC and RXR. */
export function medicationClaim(
  context: Context,
  order: Order,
  patientId: string,
  stay: string | undefined,
): Claim {
  const { control, detail, notes, rest } = order;
  const at = fields[detail.name === 'RXO' ? 'RXO' : 'RXE'];
  const medicine = codeable(detail.first(at.medicine), context.sender);
  if (medicine === undefined) throw missing(detail, at.medicine, 'The medicine');
  const key = orderKey(order, false);
  if (rest.some(({ name }) => name === 'RXC'))
    context.remarks.push({
      place: { segment: 'RXC' },
      text: 'The parts of a mixture are not in the record.',
    });
  const repeats = detail.value(at.repeats);
  const elements = elementsOf({
    meta: { source: context.sender.source },
    identifier: orderIdentifiers(context, numbersOf(order, false)),
    status: orderState(control),
    intent: 'order',
    priority: priorityOf(order),
    medicationCodeableConcept: medicine,
    subject: { reference: `Patient/${patientId}` },
    encounter: stay === undefined ? undefined : { reference: `Encounter/${stay}` },
    authoredOn: context.dates.moment(control, 9),
    requester: orderer(context, order, at.by),
    note: notes,
    dosageInstruction: dosage(context, order, at),
    dispenseRequest: compact({
      quantity: amount(detail, at.quantity, at.quantityUnit),
      numberOfRepeatsAllowed: /^\d{1,3}$/.test(repeats) ? Number(repeats) : undefined,
    }),
  });
  const id = idOf(context, 'medicine-order', ...key, codeKey(medicine));
  return wholeClaim(context, 'MedicationRequest', id, elements, detail.at(at.medicine));
}

function dosage(
  context: Context,
  { control, detail, rest }: Order,
  at: (typeof fields)[keyof typeof fields],
): Json[] {
  const how = detail
    .repeats(at.how)
    .map((value) => value.value(2) || value.value(1))
    .filter((text) => text !== '')
    .join('\n');
  const timing = rest.find(({ name }) => name === 'TQ1');
  const often = timing?.value(3) || control?.value(7, 2) || (detail.name === 'RXE' ? detail.value(1, 2) : '');
  const dose = amount(detail, at.dose, at.unit);
  const route = codeable(rest.find(({ name }) => name === 'RXR')?.first(1), context.sender);
  const found = compact({
    text: how,
    timing: often === '' ? undefined : { code: { text: often } },
    route,
    doseAndRate: dose === undefined ? [] : [{ doseQuantity: dose }],
  });
  return found === undefined ? [] : [found];
}

/** A number with its unit; undefined when it is no number. */
export function amount(segment: Segment, field: number, unitField: number): Json | undefined {
  const text = segment.value(field);
  if (!/^\d{1,9}(?:\.\d{1,6})?$/.test(text)) return undefined;
  const unit = segment.value(unitField, 2) || segment.value(unitField);
  const value = exactNumber(text.replace(/^0+(?=\d)/, '')) as unknown as Json;
  return { value, ...(unit === '' ? {} : { unit }) };
}
