import type { Json } from '../../record/types.ts';
import type { Segment } from '../hl7/index.ts';
import type { Elements, Move, Claim } from '../types.ts';
import { codeSystem } from './codes.ts';
import { idOf, numberSystem, type Context } from './context.ts';
import { clinician, compact, elementsOf, location, organisation } from './datatypes.ts';
import type { AdtEvent } from './events.ts';

/** Patient class in PV1-2. Source: HL7 table 0004 and the names English systems use. */
const classes: Record<string, [code: string, display: string]> = {
  I: ['IMP', 'inpatient encounter'],
  INPATIENT: ['IMP', 'inpatient encounter'],
  B: ['IMP', 'inpatient encounter'],
  D: ['SS', 'short stay'],
  DAYCASE: ['SS', 'short stay'],
  O: ['AMB', 'ambulatory'],
  OUTPATIENT: ['AMB', 'ambulatory'],
  R: ['AMB', 'ambulatory'],
  E: ['EMER', 'emergency'],
  EMERGENCY: ['EMER', 'emergency'],
  P: ['PRENC', 'pre-admission'],
};

const unknownClass = { system: codeSystem.nullFlavor, code: 'UNK', display: 'unknown' };
const ukExtension = (name: string): string =>
  `https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-${name}`;
const ukCodes = (name: string): string => `https://fhir.hl7.org.uk/CodeSystem/UKCore-${name}`;

/** The id of the stay that a message speaks of; undefined when it does not number it. */
export function encounterId(context: Context, patientId: string): string | undefined {
  const visit = context.message.first('PV1');
  if (visit === undefined) return undefined;
  const number = visitNumber(context);
  if (number !== undefined) return stayId(context, number.value);
  const admitted = visit.value(44);
  return admitted === '' ? undefined : idOf(context, 'stay-of', patientId, admitted);
}

export const stayId = (context: Context, number: string): string => idOf(context, 'stay', number);

function visitNumber(context: Context): { value: string; segment: Segment; field: number } | undefined {
  const candidates: [string, number][] = [
    ['PV1', 19],
    ['PV1', 50],
    ['PID', 18],
  ];
  for (const [name, field] of candidates) {
    const segment = context.message.first(name);
    const value = segment?.value(field) ?? '';
    if (segment !== undefined && value !== '') return { value, segment, field };
  }
  return undefined;
}

/** What PV1 and PV2 say of a stay; undefined when there is none, or it has no number. */
export function encounterOf(context: Context, patientId: string, event: AdtEvent): Claim | undefined {
  const visit = context.message.first('PV1');
  if (visit === undefined || event.personOnly === true) return undefined;
  const id = encounterId(context, patientId);
  if (id === undefined) {
    if (context.weight === 1)
      context.remarks.push({
        place: visit.at(19),
        text: 'The stay has no number, so that nothing is said of it in the record.',
      });
    return undefined;
  }
  const move = moveOf(visit, event);
  return {
    type: 'Encounter',
    id,
    at: context.at,
    weight: context.weight,
    whole: false,
    elements: encounterElements(context, visit, patientId, event),
    ...(move === undefined ? {} : { move }),
    place: visit.at(19),
  };
}

function encounterElements(context: Context, visit: Segment, patientId: string, event: AdtEvent): Elements {
  const { sender, dates } = context;
  const number = visitNumber(context);
  const ends =
    event.status === 'finished' ? (dates.moment(visit, 45) ?? context.occurred) : dates.moment(visit, 45);
  const reason = context.message.first('PV2')?.first(3);
  const reasonText = reason?.value(2) || reason?.value(1) || '';
  const elements = elementsOf({
    meta: { source: sender.source },
    identifier: number === undefined ? [] : [{ system: numberSystem(context, 'stays'), value: number.value }],
    status: event.status,
    class: classOf(visit),
    subject: { reference: `Patient/${patientId}` },
    serviceType: serviceType(visit),
    participant: participants(context, visit),
    'period.start':
      dates.moment(visit, 44) ??
      (event.move === 'to' && context.message.event !== 'A02' ? context.occurred : undefined),
    'period.end': ends,
    reasonCode: reasonText === '' ? [] : [{ text: reasonText }],
    extension: admissionMethod(visit),
    hospitalization: compact({
      admitSource: coded(visit, 14, ukCodes('SourceOfAdmissionEngland')),
      dischargeDisposition: coded(visit, 36, ukCodes('DischargeDestinationEngland')),
    }),
    serviceProvider: organisation(sender.facility),
  });
  if (event.reopens === true) elements['period.end'] = null;
  return elements;
}

function moveOf(visit: Segment, event: AdtEvent): Move | undefined {
  const place = location(visit.first(3));
  if (event.move === undefined || (event.move === 'to' && place === undefined)) return undefined;
  return { kind: event.move, location: place ?? null };
}

function classOf(visit: Segment): Json {
  const said = visit.value(2);
  const found = classes[said.toUpperCase()];
  if (found !== undefined) return { system: codeSystem.class, code: found[0], display: found[1] };
  return said === '' ? unknownClass : { ...unknownClass, display: said };
}

/** Hospital service in PV1-10: in England a treatment function code. */
function serviceType(visit: Segment): Json | undefined {
  const [code, text] = [visit.value(10), visit.value(10, 2)];
  if (code === '') return undefined;
  if (!/^[A-Z]?\d{3}$/.test(code)) return { text: text || code };
  const coding = {
    system: ukCodes('ServiceTypeTreatmentFunction'),
    code,
    ...(text === '' ? {} : { display: text }),
  };
  return { coding: [coding] };
}

function admissionMethod(visit: Segment): Json[] {
  const code = visit.value(4);
  if (!/^\d[\dA-D]$/.test(code)) return [];
  return [
    {
      url: ukExtension('AdmissionMethod'),
      valueCodeableConcept: { coding: [{ system: ukCodes('AdmissionMethodEngland'), code }] },
    },
  ];
}

function coded(visit: Segment, field: number, system: string): Json | undefined {
  const [code, text] = [visit.value(field), visit.value(field, 2)];
  if (code === '') return undefined;
  if (!/^\d{2}$/.test(code)) return { text: text || code };
  return { coding: [{ system, code, ...(text === '' ? {} : { display: text }) }] };
}

const roles: [field: number, code: string, display: string][] = [
  [7, 'ATND', 'attender'],
  [8, 'REF', 'referrer'],
  [9, 'CON', 'consultant'],
  [17, 'ADM', 'admitter'],
];

function participants(context: Context, visit: Segment): Json[] {
  return roles.flatMap(([field, code, display]) =>
    visit.repeats(field).flatMap((value) => {
      const individual = clinician(value, context.sender);
      if (individual === undefined) return [];
      return [{ type: [{ coding: [{ system: codeSystem.participation, code, display }] }], individual }];
    }),
  );
}
