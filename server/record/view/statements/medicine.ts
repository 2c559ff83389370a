import type {
  CodeableConcept,
  Dosage,
  DosageDoseAndRate,
  Medication,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
  Reference,
} from '@medplum/fhirtypes';
import type { Resource } from '../../types.ts';
import { conceptKey, conceptTitle, mainCoding } from '../reading/codes.ts';
import { dayOf, startOf } from '../reading/dates.ts';
import { numberText, quantityText, rangeText, unitText } from '../reading/quantities.ts';
import { follow, type Lookup } from '../reading/references.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { notes, together, type Reader } from './statement.ts';

type Medicine = { medicationCodeableConcept?: CodeableConcept; medicationReference?: Reference };

/** Reads a prescription. Two with one medicine, day and dose are the same one. */
export const readPrescription: Reader = (filed, lookup) => {
  const request = filed.resource as unknown as MedicationRequest;
  const medicine = medicineOf(request, filed.resource, lookup);
  const dose = dosageText(request.dosageInstruction);
  const quantity = quantityText(request.dispenseRequest?.quantity);
  return {
    ...medicine.reading,
    key: ['prescribed', medicine.key, dayOf(request.authoredOn), dose, quantity].join(' '),
    when: request.authoredOn,
    recorded: request.authoredOn,
    standing: request.doNotPerform === true ? 'not-done' : standingOf(request.status),
    signedBy: practitionerName(request.requester ?? request.recorder, filed.resource, lookup),
    facts: {
      act: 'prescribed',
      status: request.status,
      intent: request.intent === 'order' ? undefined : request.intent,
      statusReason: conceptTitle(request.statusReason),
      dose,
      quantity,
      repeats: request.dispenseRequest?.numberOfRepeatsAllowed?.toString(),
      endedOn: dayOf(request.dispenseRequest?.validityPeriod?.end),
      course: conceptTitle(request.courseOfTherapyType),
      reason: together(request.reasonCode?.map(conceptTitle)),
      note: notes(request.note),
    },
  };
};

/** Reads a statement that a person takes, or took, a medicine. */
export const readTaking: Reader = (filed, lookup) => {
  const statement = filed.resource as unknown as MedicationStatement;
  const medicine = medicineOf(statement, filed.resource, lookup);
  const from = statement.effectiveDateTime ?? startOf(statement.effectivePeriod);
  const dose = dosageText(statement.dosage);
  return {
    ...medicine.reading,
    key: ['taking', medicine.key, dayOf(from), dose].join(' '),
    when: from ?? statement.dateAsserted,
    recorded: statement.dateAsserted,
    standing: statement.status === 'not-taken' ? 'not-done' : standingOf(statement.status),
    signedBy: practitionerName(statement.informationSource, filed.resource, lookup),
    facts: {
      act: 'taking',
      status: statement.status,
      dose,
      beganOn: dayOf(from),
      endedOn: dayOf(statement.effectivePeriod?.end),
      statusReason: together(statement.statusReason?.map(conceptTitle)),
      reason: together(statement.reasonCode?.map(conceptTitle)),
      note: notes(statement.note),
    },
  };
};

/** Reads a supply of a medicine. A supply happened, so it is never current by itself. */
export const readSupply: Reader = (filed, lookup) => {
  const dispense = filed.resource as unknown as MedicationDispense;
  const medicine = medicineOf(dispense, filed.resource, lookup);
  const day = dispense.whenHandedOver ?? dispense.whenPrepared;
  const quantity = quantityText(dispense.quantity);
  const dose = dosageText(dispense.dosageInstruction);
  return {
    ...medicine.reading,
    key: ['supplied', medicine.key, dayOf(day), quantity, dose].join(' '),
    when: day,
    standing: happened(dispense.status),
    signedBy: practitionerName(dispense.performer?.[0]?.actor, filed.resource, lookup),
    facts: {
      act: 'supplied',
      status: dispense.status,
      dose,
      quantity,
      daysSupply: quantityText(dispense.daysSupply),
      note: notes(dispense.note),
    },
  };
};

/** Reads a dose that was given, or was not. */
export const readDoseGiven: Reader = (filed, lookup) => {
  const given = filed.resource as unknown as MedicationAdministration;
  const medicine = medicineOf(given, filed.resource, lookup);
  const at = given.effectiveDateTime ?? startOf(given.effectivePeriod);
  const dose = given.dosage?.text ?? quantityText(given.dosage?.dose);
  return {
    ...medicine.reading,
    key: ['given', medicine.key, at, dose].join(' '),
    when: at,
    standing: given.status === 'not-done' ? 'not-done' : happened(given.status),
    signedBy: practitionerName(given.performer?.[0]?.actor, filed.resource, lookup),
    facts: {
      act: 'given',
      status: given.status,
      statusReason: together(given.statusReason?.map(conceptTitle)),
      dose,
      route: conceptTitle(given.dosage?.route),
      site: conceptTitle(given.dosage?.site),
      note: notes(given.note),
    },
  };
};

function medicineOf(holder: Medicine, owner: Resource, lookup: Lookup) {
  const target = follow(holder.medicationReference, owner, lookup) as Medication | undefined;
  const concept = holder.medicationCodeableConcept ?? target?.code;
  const title = conceptTitle(concept) ?? holder.medicationReference?.display ?? 'Medicine without a name';
  const key = concept === undefined ? `words:${title.toLowerCase()}` : conceptKey(concept);
  return { key, reading: { kind: 'medicine' as const, group: key, title, code: mainCoding(concept) } };
}

function standingOf(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === 'active' || status === 'on-hold' || status === 'intended') return 'current';
  if (status === 'stopped' || status === 'completed' || status === 'cancelled') return 'past';
  return 'unclear';
}

function happened(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === 'cancelled' || status === 'declined') return 'not-done';
  return status === 'in-progress' ? 'current' : 'past';
}

/** How to take it, in the prescriber's words where given, else put together from the parts. */
export function dosageText(dosages: Dosage[] | undefined): string | undefined {
  const lines = dosages?.map((dosage) => dosage.text ?? dosageParts(dosage));
  const known = lines?.filter((line): line is string => Boolean(line));
  return known === undefined || known.length === 0 ? undefined : known.join('; then ');
}

const periodWords: Record<string, string> = {
  s: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  wk: 'week',
  mo: 'month',
  a: 'year',
};

function dosageParts(dosage: Dosage): string | undefined {
  const amounts = dosage.doseAndRate?.map((each) => amountText(each));
  const parts = [
    amounts?.filter(Boolean).join(', '),
    conceptTitle(dosage.route),
    timingText(dosage),
    asNeeded(dosage),
    dosage.patientInstruction,
  ];
  return parts.filter(Boolean).join(', ') || undefined;
}

function amountText({ doseQuantity, doseRange }: DosageDoseAndRate): string | undefined {
  const amount = quantityText(doseQuantity) ?? rangeText(doseRange);
  const counted = doseQuantity !== undefined && unitText(doseQuantity) === undefined;
  return amount !== undefined && counted ? `${amount} at a time` : amount;
}

function timingText(dosage: Dosage): string | undefined {
  const code = conceptTitle(dosage.timing?.code);
  const repeat = dosage.timing?.repeat;
  if (code !== undefined || repeat?.period === undefined) return code;
  const unit = periodWords[repeat.periodUnit ?? ''] ?? repeat.periodUnit ?? '';
  const times = repeat.frequency === undefined ? '' : `${timesWords(repeat.frequency)} `;
  const period = numberText(repeat.period);
  return period === '1' ? `${times}every ${unit}` : `${times}every ${period} ${unit}s`;
}

function timesWords(times: number): string {
  return ['', 'once', 'twice'][times] || `${times} times`;
}

function asNeeded(dosage: Dosage): string | undefined {
  if (dosage.asNeededCodeableConcept !== undefined) {
    return `when needed for ${conceptTitle(dosage.asNeededCodeableConcept) ?? 'a stated reason'}`;
  }
  return dosage.asNeededBoolean === true ? 'when needed' : undefined;
}
