import { isoDay, isoTime, type Day, type Minute } from '../../calendar.ts';
import type { Said } from '../../errors/source-record.ts';
import type { Partner } from '../../place/types.ts';

/** FHIR R4 resources as text, put together by hand: writing them is the larger part of the work. */

const quoted = JSON.stringify;

const testLabel =
  '{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HTEST","display":"test health data"}';
const restrictedLabel =
  '{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R","display":"restricted"}';

const meta = (profile: string, isRestricted = false): string =>
  `"meta":{"profile":["https://fhir.hl7.org.uk/StructureDefinition/UKCore-${profile}"],"security":[${testLabel}${
    isRestricted ? `,${restrictedLabel}` : ''
  }]}`;

const plainMeta = new Map(
  ['Condition', 'Encounter', 'Observation', 'MedicationRequest', 'AllergyIntolerance', 'Immunization'].map(
    (type) => [type, meta(type)],
  ),
);

const start = (type: string, id: string): string =>
  `{"resourceType":"${type}","id":"${id}",${plainMeta.get(type)!}`;

export const snomed = (code: string, display: string): string =>
  `{"coding":[{"system":"http://snomed.info/sct","code":"${code}","display":${quoted(display)}}],"text":${quoted(display)}}`;

const organisation = (partner: Partner): string =>
  `{"identifier":{"system":"https://fhir.nhs.uk/Id/ods-organization-code","value":"${partner.odsCode}"},"display":${quoted(partner.name)}}`;

const genders = { F: 'female', M: 'male', U: 'unknown' } as const;

export type PatientFacts = { isActive: boolean; died: Day | undefined };

export function patient(id: string, said: Said, practice: Partner, { isActive, died }: PatientFacts): string {
  const parts = [`{"resourceType":"Patient","id":"${id}",${meta('Patient', said.isRestricted)}`];
  parts.push(
    `"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory","valueCodeableConcept":{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland","code":"${said.ethnicCode}"}]}}]`,
  );
  const identifiers = [
    `{"system":"urn:openics:made-up:${practice.odsCode}:patient","value":"${id.slice(0, 8)}"}`,
  ];
  if (said.nhsNumber !== '')
    identifiers.unshift(
      `{"extension":[{"url":"https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus","valueCodeableConcept":{"coding":[{"system":"https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland","code":"01","display":"Number present and verified"}]}}],"system":"https://fhir.nhs.uk/Id/nhs-number","value":"${said.nhsNumber}"}`,
    );
  parts.push(`"identifier":[${identifiers.join(',')}]`, `"active":${isActive}`, `"name":[${names(said)}]`);
  const telecom = said.isRestricted ? '' : telecoms(said);
  if (telecom !== '') parts.push(`"telecom":[${telecom}]`);
  parts.push(`"gender":"${genders[said.sex]}"`, `"birthDate":"${said.born}"`);
  if (died !== undefined) parts.push(`"deceasedDateTime":"${isoDay(died)}"`);
  if (!said.isRestricted)
    parts.push(
      `"address":[{"use":"home","line":[${quoted(said.line)}]${said.town === '' ? '' : `,"city":${quoted(said.town)}`}${
        said.postcode === '' ? '' : `,"postalCode":"${said.postcode}"`
      }}]`,
    );
  const held = organisation(practice);
  parts.push(`"generalPractitioner":[${held}]`, `"managingOrganization":${held}}`);
  return parts.join(',');
}

function names(said: Said): string {
  const given = said.middle === '' ? quoted(said.given) : `${quoted(said.given)},${quoted(said.middle)}`;
  let text = `{"use":"official","family":${quoted(said.family)},"given":[${given}],"prefix":["${said.title}"]}`;
  if (said.known !== '' && said.known !== said.given)
    text += `,{"use":"usual","family":${quoted(said.family)},"given":[${quoted(said.known)}]}`;
  if (said.formerFamily !== '' && said.formerFamily !== said.family)
    text += `,{"use":"old","family":${quoted(said.formerFamily)},"given":[${given}]}`;
  return text;
}

function telecoms(said: Said): string {
  const all: string[] = [];
  if (said.phone !== '') all.push(`{"system":"phone","value":"${said.phone}","use":"home"}`);
  if (said.mobile !== '') all.push(`{"system":"phone","value":"${said.mobile}","use":"mobile"}`);
  if (said.email !== '') all.push(`{"system":"email","value":"${said.email}"}`);
  return all.join(',');
}

const active = (kind: 'condition' | 'allergyintolerance'): string =>
  `"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/${kind}-clinical","code":"active"}]}`;
const confirmed = (kind: 'condition-ver-status' | 'allergyintolerance-verification'): string =>
  `"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/${kind}","code":"confirmed"}]}`;

const problem =
  '"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-category","code":"problem-list-item","display":"Problem List Item"}]}]';

export const condition = (
  id: string,
  patientId: string,
  concept: string,
  onset: Day,
  recorded: Day,
): string =>
  `${start('Condition', id)},${active('condition')},${confirmed('condition-ver-status')},${problem},"code":${concept},"subject":{"reference":"Patient/${patientId}"},"onsetDateTime":"${isoDay(onset)}","recordedDate":"${isoDay(recorded)}"}`;

const byTelephone = snomed('185317003', 'Telephone encounter');
const inPerson = snomed('185349003', 'Encounter for check up');

export const encounter = (
  id: string,
  patientId: string,
  at: Minute,
  minutes: number,
  reason: string,
  practice: Partner,
): string =>
  `${start('Encounter', id)},"status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB","display":"ambulatory"},"type":[${minutes < 8 ? byTelephone : inPerson}],"subject":{"reference":"Patient/${patientId}"},"period":{"start":"${isoTime(at)}","end":"${isoTime(at + minutes)}"},"reasonCode":[${reason}],"serviceProvider":${organisation(practice)}}`;

/** `value` is the rest of the resource: valueQuantity, valueCodeableConcept or component. */
export const observation = (
  id: string,
  patientId: string,
  encounterId: string,
  at: Minute,
  category: 'vital-signs' | 'laboratory' | 'social-history',
  concept: string,
  value: string,
): string =>
  `${start('Observation', id)},"status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"${category}"}]}],"code":${concept},"subject":{"reference":"Patient/${patientId}"},"encounter":{"reference":"Encounter/${encounterId}"},"effectiveDateTime":"${isoTime(at)}",${value}}`;

export const quantity = (value: number | string, unit: string, code: string): string =>
  `"valueQuantity":{"value":${value},"unit":"${unit}","system":"http://unitsofmeasure.org","code":"${code}"}`;

export const medicationRequest = (
  id: string,
  patientId: string,
  at: Minute,
  medicine: string,
  dose: string,
  isRepeat: boolean,
  isActive: boolean,
): string =>
  `${start('MedicationRequest', id)},"status":"${isActive ? 'active' : 'completed'}","intent":"order","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-category","code":"community"}]}],"medicationCodeableConcept":${medicine},"subject":{"reference":"Patient/${patientId}"},"authoredOn":"${isoTime(at)}","courseOfTherapyType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-course-of-therapy","code":"${isRepeat ? 'continuous' : 'acute'}"}]},"dosageInstruction":[{"text":${quoted(dose)}}],"substitution":{"allowedBoolean":true}}`;

export const allergy = (id: string, patientId: string, concept: string, recorded: Day): string =>
  `${start('AllergyIntolerance', id)},${active('allergyintolerance')},${confirmed('allergyintolerance-verification')},"type":"allergy","category":["medication"],"code":${concept},"patient":{"reference":"Patient/${patientId}"},"recordedDate":"${isoDay(recorded)}"}`;

export const immunization = (id: string, patientId: string, at: Minute, vaccine: string): string =>
  `${start('Immunization', id)},"status":"completed","vaccineCode":${vaccine},"patient":{"reference":"Patient/${patientId}"},"occurrenceDateTime":"${isoTime(at)}","primarySource":true}`;
