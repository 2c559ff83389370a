import type { Claim } from '../types.ts';
import { codeable, codeKey } from './codes.ts';
import { idOf, missing, missingSegment, wholeClaim, type Context } from './context.ts';
import { clinician, compact, elementsOf } from './datatypes.ts';
import { encounterOf } from './encounter.ts';
import { amount } from './medication.ts';
import { numbersOf, orderIdentifiers, ordersIn, type Order } from './order.ts';
import { patientOf } from './patient.ts';

/** Completion status in RXA-20 that says that nothing was given. Source: HL7 table 0322. */
const notGiven = new Set(['RE', 'NA']);
/** What stands in RXA-5 when no vaccine was given, and in RXA-6 when the dose is not known. Source: HL7 v2.4, 4.14.7. */
const noVaccine = '998';
const unknownDose = '999';

/** VXU: each vaccine given or refused (RXA) as an Immunization. Source: HL7 v2.4, 4.17. */
export function immunizationClaims(context: Context): Claim[] {
  const { key, claim: patient } = patientOf(context);
  const stay = encounterOf(context, key.id, {});
  const given = ordersIn(context, ['RXA']);
  if (given.length === 0) throw missingSegment('RXA');
  const claims = given
    .filter(({ detail }) => detail.value(5) !== noVaccine)
    .map((order) => immunizationOf(context, order, key.id, stay?.id));
  return stay === undefined ? [patient, ...claims] : [patient, stay, ...claims];
}

function immunizationOf(context: Context, order: Order, patientId: string, stay: string | undefined): Claim {
  const { detail, notes, rest } = order;
  const { sender, dates } = context;
  const vaccine = codeable(detail.first(5), sender);
  if (vaccine === undefined) throw missing(detail, 5, 'The vaccine');
  const when = dates.moment(detail, 3);
  if (when === undefined) throw missing(detail, 3, 'When the vaccine was given');
  const numbers = numbersOf(order, false);
  const number = numbers.filler || numbers.placer;
  const way = rest.find(({ name }) => name === 'RXR');
  const isNotGiven = notGiven.has(detail.value(20).toUpperCase());
  const by = clinician(detail.first(10), sender);
  const informant = detail.value(9);
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: orderIdentifiers(context, numbers),
    status:
      detail.value(21).toUpperCase() === 'D' ? 'entered-in-error' : isNotGiven ? 'not-done' : 'completed',
    statusReason: isNotGiven ? codeable(detail.first(18), sender) : undefined,
    vaccineCode: vaccine,
    patient: { reference: `Patient/${patientId}` },
    encounter: stay === undefined ? undefined : { reference: `Encounter/${stay}` },
    occurrenceDateTime: when,
    // Source of the information, HL7 table NIP001: 00 is the place that gave it, 01 to 08 somebody who tells of it.
    primarySource: /^0\d$/.test(informant) ? informant === '00' : undefined,
    manufacturer: compact({ display: detail.value(17, 2) || detail.value(17) }),
    lotNumber: detail.value(15),
    expirationDate: dates.day(detail, 16),
    site: codeable(way?.first(2), sender),
    route: codeable(way?.first(1), sender),
    doseQuantity: detail.value(6) === unknownDose ? undefined : amount(detail, 6, 7),
    performer: by === undefined ? [] : [{ actor: by }],
    note: notes,
  });
  const own = number === '' ? [patientId, codeKey(vaccine), when.slice(0, 10)] : [number, codeKey(vaccine)];
  return wholeClaim(context, 'Immunization', idOf(context, 'vaccine', ...own), elements, detail.at(5));
}
