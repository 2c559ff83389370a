import type { Immunization } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding } from '../reading/codes.ts';
import { dayOf } from '../reading/dates.ts';
import { quantityText } from '../reading/quantities.ts';
import { practitionerName } from '../reading/sources.ts';
import { notes, together, type Reader } from './statement.ts';

/** Reads a vaccination: one vaccine on one day. One that was not given is kept apart from those that were. */
export const readImmunisation: Reader = (filed, lookup) => {
  const given = filed.resource as unknown as Immunization;
  const code = conceptKey(given.vaccineCode);
  const notGiven = given.status === 'not-done';
  const dose = given.protocolApplied?.[0];
  return {
    kind: 'immunisation',
    group: code,
    key: [code, dayOf(given.occurrenceDateTime) ?? given.occurrenceString, notGiven ? 'not given' : ''].join(
      ' ',
    ),
    title: conceptTitle(given.vaccineCode) ?? 'Vaccine without a name',
    code: mainCoding(given.vaccineCode),
    when: given.occurrenceDateTime,
    recorded: given.recorded,
    standing: given.status === 'entered-in-error' ? 'set-aside' : notGiven ? 'not-done' : 'past',
    signedBy: practitionerName(given.performer?.[0]?.actor, filed.resource, lookup),
    facts: {
      status: given.status === 'completed' ? undefined : given.status,
      statusReason: conceptTitle(given.statusReason),
      givenAbout: given.occurrenceString,
      product: given.manufacturer?.display,
      batch: given.lotNumber,
      expiresOn: given.expirationDate,
      doseNumber: dose?.doseNumberPositiveInt?.toString() ?? dose?.doseNumberString,
      dose: quantityText(given.doseQuantity),
      site: conceptTitle(given.site),
      route: conceptTitle(given.route),
      target: together(given.protocolApplied?.flatMap((each) => each.targetDisease?.map(conceptTitle))),
      reaction: together(given.reaction?.map((each) => each.detail?.display)),
      note: notes(given.note),
    },
  };
};
