import type { Encounter, Procedure } from '@medplum/fhirtypes';
import { conceptKey, conceptTitle, mainCoding } from '../reading/codes.ts';
import { dayOf, momentKey, startOf } from '../reading/dates.ts';
import { practitionerName } from '../reading/sources.ts';
import type { Standing } from '../types.ts';
import { notes, together, type Reader } from './statement.ts';

/** Reads a contact with a service. Two are the same when one organisation's sort of contact began at one moment. */
export const readEncounter: Reader = (filed, lookup) => {
  const encounter = filed.resource as unknown as Encounter;
  const type = encounter.type?.[0];
  const code = type === undefined ? `class:${encounter.class?.code ?? ''}` : conceptKey(type);
  return {
    kind: 'encounter',
    group: code,
    key: [code, encounter.class?.code, momentKey(encounter.period?.start)].join(' '),
    title: conceptTitle(type) ?? encounter.class?.display ?? 'Contact',
    code: mainCoding(type),
    when: startOf(encounter.period),
    standing: encounterStanding(encounter.status),
    signedBy: practitionerName(encounter.participant?.[0]?.individual, filed.resource, lookup),
    facts: {
      setting: encounter.class?.code,
      status: encounter.status === 'finished' ? undefined : encounter.status,
      endedOn: dayOf(encounter.period?.end),
      reason: together([
        ...(encounter.reasonCode?.map(conceptTitle) ?? []),
        ...(encounter.reasonReference?.map((reference) => reference.display) ?? []),
      ]),
      service: conceptTitle(encounter.serviceType),
      place: together(encounter.location?.map((each) => each.location?.display)),
      discharge: conceptTitle(encounter.hospitalization?.dischargeDisposition),
    },
  };
};

function encounterStanding(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === 'cancelled') return 'not-done';
  if (status === 'finished') return 'past';
  return status === 'unknown' || status === 'planned' ? 'unclear' : 'current';
}

/** Reads a procedure: one code on one day and place of the body. */
export const readProcedure: Reader = (filed, lookup) => {
  const procedure = filed.resource as unknown as Procedure;
  const code = conceptKey(procedure.code);
  const at = procedure.performedDateTime ?? startOf(procedure.performedPeriod);
  const site = together(procedure.bodySite?.map((each) => conceptKey(each)));
  return {
    kind: 'procedure',
    group: code,
    key: [code, dayOf(at) ?? procedure.performedString, site].join(' '),
    title: conceptTitle(procedure.code) ?? 'Procedure without a name',
    code: mainCoding(procedure.code),
    when: at,
    standing: procedureStanding(procedure.status),
    signedBy: practitionerName(procedure.performer?.[0]?.actor ?? procedure.recorder, filed.resource, lookup),
    facts: {
      status: procedure.status === 'completed' ? undefined : procedure.status,
      statusReason: conceptTitle(procedure.statusReason),
      bodySite: together(procedure.bodySite?.map(conceptTitle)),
      doneAbout: procedure.performedString,
      endedOn: endOf(procedure),
      reason: together([
        ...(procedure.reasonCode?.map(conceptTitle) ?? []),
        ...(procedure.reasonReference?.map((reference) => reference.display) ?? []),
      ]),
      outcome: conceptTitle(procedure.outcome),
      complication: together(procedure.complication?.map(conceptTitle)),
      note: notes(procedure.note),
    },
  };
};

/** The last day, where it is not the first. */
function endOf(procedure: Procedure): string | undefined {
  const end = dayOf(procedure.performedPeriod?.end);
  return end === dayOf(procedure.performedPeriod?.start) ? undefined : end;
}

function procedureStanding(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === 'not-done') return 'not-done';
  if (status === 'completed' || status === 'stopped') return 'past';
  return status === 'in-progress' || status === 'on-hold' ? 'current' : 'unclear';
}
