import { isNhsNumber, nhsNumberSystem } from '../../people/index.ts';
import { uncheckedNumberSystem } from '../../record/import/index.ts';
import type { Json } from '../../record/types.ts';
import type { Repeat, Segment } from '../hl7/index.ts';
import type { Elements, Claim } from '../types.ts';
import { codeSystem } from './codes.ts';
import {
  isNhsIdentifier,
  numberSystem,
  patientKey,
  required,
  type Context,
  type PatientKey,
} from './context.ts';
import {
  address,
  clinician,
  compact,
  contactPoint,
  each,
  elementsOf,
  humanName,
  organisation,
} from './datatypes.ts';

const ukExtension = (name: string): string =>
  `https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-${name}`;
const ukCodes = (name: string): string => `https://fhir.hl7.org.uk/CodeSystem/UKCore-${name}`;

const genders: Record<string, string> = {
  M: 'male',
  F: 'female',
  '1': 'male',
  '2': 'female',
  A: 'other',
  O: 'other',
  '9': 'other',
  U: 'unknown',
  N: 'unknown',
  X: 'unknown',
  '0': 'unknown',
};

/** Trace status in PID-32. Source: ITK HL7 v2 Message Specifications; UK Core NHSNumberVerificationStatusEngland. */
const traceStatuses: Record<string, string> = {
  '01': 'Number present and verified',
  '02': 'Number present but not traced',
  '03': 'Trace required',
  '04': 'Trace attempted - No match or multiple match found',
  '05': 'Trace needs to be resolved - (NHS number or patient detail conflict)',
  '06': 'Trace in progress',
  '07': 'Number not present and trace not required',
  '08': 'Trace postponed (baby under six weeks old)',
};

/** NHS ethnic categories. Source: NHS Data Dictionary, ETHNIC CATEGORY CODE 2001. */
const ethnicCategories: Record<string, string> = {
  A: 'British, Mixed British',
  B: 'Irish',
  C: 'Any other White background',
  D: 'White and Black Caribbean',
  E: 'White and Black African',
  F: 'White and Asian',
  G: 'Any other mixed background',
  H: 'Indian or British Indian',
  J: 'Pakistani or British Pakistani',
  K: 'Bangladeshi or British Bangladeshi',
  L: 'Any other Asian background',
  M: 'Caribbean',
  N: 'African',
  P: 'Any other Black background',
  R: 'Chinese',
  S: 'Any other ethnic group',
  Z: 'Not stated',
};

const maritalCodes = new Set(['A', 'D', 'I', 'L', 'M', 'C', 'P', 'T', 'U', 'S', 'W']);

/** What PID and the segments about the person say, as one Patient of this sender. */
export function patientOf(context: Context): { key: PatientKey; claim: Claim } {
  const segment = required(context, 'PID');
  const key = patientKey(context, segment, 3);
  return {
    key,
    claim: {
      type: 'Patient',
      id: key.id,
      at: context.at,
      weight: context.weight,
      whole: false,
      elements: patientElements(context, segment, key),
      place: segment.at(3),
    },
  };
}

/** The elements of a Patient. A field that was not sent is not spoken of, so that a shorter message takes nothing away. */
export function patientElements(context: Context, pid: Segment, key: PatientKey): Elements {
  const { dates, sender } = context;
  const demographics = context.message.first('PD1');
  const birthDate = dates.day(pid, 7);
  const names = each(pid, 5, humanName);
  const ethnic = ethnicCategory(pid.value(22) || pid.value(10));
  const elements = elementsOf({
    meta: meta(context),
    identifier: identifiers(context, pid, key),
    name: names.length > 0 ? names : undefined,
    telecom: [
      ...each(pid, 13, (value) => contactPoint(value, 'home')),
      ...each(pid, 14, (value) => contactPoint(value, 'work')),
    ],
    gender: genders[pid.value(8).toUpperCase()] ?? (pid.value(8) === '' ? undefined : 'unknown'),
    birthDate,
    address: each(pid, 11, address),
    maritalStatus: maritalStatus(pid),
    communication: communication(pid),
    contact: context.message
      .all('NK1')
      .map(nextOfKin)
      .filter((found) => found !== undefined),
    generalPractitioner: generalPractitioners(context, demographics),
    managingOrganization: organisation(sender.facility),
    extension: ethnic === undefined ? [] : [ethnic],
  });
  const dead = deceased(context, pid);
  if (dead !== undefined) Object.assign(elements, dead);
  for (const [field, element] of removable) if (pid.isNull(field)) elements[element] = null;
  return elements;
}

const removable = [
  [5, 'name'],
  [7, 'birthDate'],
  [11, 'address'],
  [13, 'telecom'],
  [16, 'maritalStatus'],
  [22, 'extension'],
] as const;

/** The label of test people (MSH-11 T or D), and of people whose whereabouts are restricted (PD1-12, PV1-16). */
function meta(context: Context): Json {
  const { message, sender } = context;
  const processing = message.header.value(11);
  const restricted =
    message.first('PD1')?.value(12) === 'Y' || /^[SR]$/.test(message.first('PV1')?.value(16) ?? '');
  const labels: Json[] = [];
  if (processing === 'T' || processing === 'D')
    labels.push({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' });
  if (restricted)
    labels.push({ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' });
  return { source: sender.source, ...(labels.length === 0 ? {} : { security: labels }) };
}

function identifiers(context: Context, pid: Segment, key: PatientKey): Json[] {
  const found: Json[] = [];
  const known = new Set<string>();
  const add = (identifier: { system: string; value: string; [key: string]: Json }): void => {
    const name = `${identifier.system}|${identifier.value}`;
    if (known.has(name)) return;
    known.add(name);
    found.push(identifier);
  };
  add({ system: key.system, value: key.number });
  for (const field of [3, 2, 4]) {
    for (const value of pid.repeats(field)) {
      const number = value.value(1);
      if (number === '') continue;
      if (isNhsIdentifier(value)) addNhsNumber(context, pid, value, add);
      else if (field === 2 && isNhsNumber(number) && value.value(4) === '')
        addNhsNumber(context, pid, value, add);
      else
        add({
          system: numberSystem(context, 'patients', value.value(4) || value.value(4, 2)),
          value: number,
        });
    }
  }
  return found;
}

function addNhsNumber(
  context: Context,
  pid: Segment,
  value: Repeat,
  add: (identifier: { system: string; value: string; [key: string]: Json }) => void,
): void {
  const number = value.value(1).replaceAll(/[ -]/g, '');
  if (!isNhsNumber(number)) {
    context.remarks.push({
      place: value.at(1),
      text: 'The NHS number fails its check digit. It is kept as it was said, and not trusted.',
    });
    add({ system: uncheckedNumberSystem, value: number });
    return;
  }
  const status = pid.value(32).padStart(2, '0');
  const display = traceStatuses[status];
  const extension = {
    url: ukExtension('NHSNumberVerificationStatus'),
    valueCodeableConcept: {
      coding: [
        {
          system: ukCodes('NHSNumberVerificationStatusEngland'),
          code: status,
          ...(display === undefined ? {} : { display }),
        },
      ],
    },
  };
  add({
    ...(display === undefined ? {} : { extension: [extension] }),
    system: nhsNumberSystem,
    value: number,
  });
}

function maritalStatus(pid: Segment): Json | undefined {
  const code = pid.value(16).toUpperCase();
  if (code === '') return undefined;
  if (!maritalCodes.has(code)) return { text: pid.value(16, 2) || pid.value(16) };
  return { coding: [{ system: codeSystem.maritalStatus, code }] };
}

function communication(pid: Segment): Json[] {
  const value = pid.first(15);
  if (value === undefined) return [];
  const [code, text] = [value.value(1), value.value(2)];
  if (code === '' && text === '') return [];
  const isTag = /^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(code);
  const language = isTag
    ? { coding: [{ system: 'urn:ietf:bcp:47', code }], ...(text === '' ? {} : { text }) }
    : { text: text || code };
  return [{ language, preferred: true }];
}

function ethnicCategory(code: string): Json | undefined {
  const display = ethnicCategories[code.toUpperCase()];
  if (display === undefined) return undefined;
  return {
    url: ukExtension('EthnicCategory'),
    valueCodeableConcept: {
      coding: [{ system: ukCodes('EthnicCategoryEngland'), code: code.toUpperCase(), display }],
    },
  };
}

function deceased(context: Context, pid: Segment): Elements | undefined {
  const when = context.dates.moment(pid, 29);
  if (when !== undefined) return { deceasedDateTime: when, deceasedBoolean: null };
  const isDead = pid.value(30).toUpperCase();
  if (isDead === 'Y') return { deceasedBoolean: true };
  return isDead === 'N' || pid.isNull(29) ? { deceasedDateTime: null, deceasedBoolean: null } : undefined;
}

function nextOfKin(segment: Segment): Json | undefined {
  const name = segment.first(2);
  const relation = segment.value(3, 2) || segment.value(3, 1);
  const found = compact({
    name: name === undefined ? undefined : humanName(name),
    telecom: each(segment, 5, (value) => contactPoint(value, 'home')),
    address: each(segment, 4, address)[0],
  });
  if (found === undefined || relation === '') return found;
  return { relationship: [{ text: relation }], ...found };
}

/** The practice (PD1-3) and the doctor (PD1-4) the person is registered with. */
function generalPractitioners(context: Context, segment: Segment | undefined): Json[] {
  const practice = segment?.first(3);
  const code = practice?.value(3) || practice?.value(10) || '';
  const name = practice?.value(1) ?? '';
  const doctor = clinician(segment?.first(4), context.sender);
  return [
    ...(code === '' && name === '' ? [] : [organisation(code || name, name)]),
    ...(doctor === undefined ? [] : [doctor]),
  ];
}
