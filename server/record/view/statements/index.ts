/** Which reader reads which type. */
import type { List } from '@medplum/fhirtypes';
import type { Lookup } from '../reading/references.ts';
import type { Filed, Statement } from '../types.ts';
import { readAllergy, readEmptyAllergyList, saysNoAllergies } from './allergy.ts';
import { readDocument } from './document.ts';
import { readEncounter, readProcedure } from './encounter.ts';
import { readFlag } from './flag.ts';
import { readImmunisation } from './immunisation.ts';
import { readDoseGiven, readPrescription, readSupply, readTaking } from './medicine.ts';
import { readOther } from './other.ts';
import { readCarePlan, readCareTeam, readGoal } from './plan.ts';
import { readProblem } from './problem.ts';
import { readReport, readResult } from './result.ts';
import { stateWith, type Reader } from './statement.ts';

export { binaryReference } from './attachment.ts';

const readers: Record<string, Reader> = {
  AllergyIntolerance: readAllergy,
  CarePlan: readCarePlan,
  CareTeam: readCareTeam,
  Condition: readProblem,
  DiagnosticReport: readReport,
  DocumentReference: readDocument,
  Encounter: readEncounter,
  Flag: readFlag,
  Goal: readGoal,
  Immunization: readImmunisation,
  MedicationAdministration: readDoseGiven,
  MedicationDispense: readSupply,
  MedicationRequest: readPrescription,
  MedicationStatement: readTaking,
  Observation: readResult,
  Procedure: readProcedure,
};

/** Types read in a plain way under "other entries". */
const plainTypes = [
  'AdverseEvent',
  'Appointment',
  'ClinicalImpression',
  'Communication',
  'CommunicationRequest',
  'Composition',
  'Consent',
  'DetectedIssue',
  'DeviceRequest',
  'DeviceUseStatement',
  'EpisodeOfCare',
  'FamilyMemberHistory',
  'ImagingStudy',
  'ImmunizationRecommendation',
  'Media',
  'NutritionOrder',
  'QuestionnaireResponse',
  'RequestGroup',
  'RiskAssessment',
  'ServiceRequest',
  'SupplyDelivery',
  'SupplyRequest',
  'Task',
  'VisionPrescription',
];

for (const type of plainTypes) readers[type] = readOther;

/** Types that the view reads. The rest (claims, provenance and the like) are counted only. */
export const readTypes: ReadonlySet<string> = new Set([...Object.keys(readers), 'Binary', 'List', 'Patient']);

/** What a resource says, or undefined when the view does not show its type. */
export function stateOf(filed: Filed, lookup: Lookup): Statement | undefined {
  const { resource } = filed;
  if (resource.resourceType === 'List') {
    return saysNoAllergies(resource as unknown as List)
      ? stateWith(readEmptyAllergyList, filed, lookup)
      : undefined;
  }
  const reader = readers[resource.resourceType];
  return reader === undefined ? undefined : stateWith(reader, filed, lookup);
}
