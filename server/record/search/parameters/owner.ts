import type { Resource } from '../../types.ts';

/** Where each type names the one patient it belongs to. Source: FHIR R4, Patient compartment; single-valued elements only. */
const single: Readonly<Record<string, string>> = {
  AdverseEvent: 'subject',
  AllergyIntolerance: 'patient',
  Basic: 'subject',
  BodyStructure: 'patient',
  CarePlan: 'subject',
  CareTeam: 'subject',
  ChargeItem: 'subject',
  Claim: 'patient',
  ClaimResponse: 'patient',
  ClinicalImpression: 'subject',
  Communication: 'subject',
  CommunicationRequest: 'subject',
  Composition: 'subject',
  Condition: 'subject',
  Consent: 'patient',
  Coverage: 'beneficiary',
  CoverageEligibilityRequest: 'patient',
  CoverageEligibilityResponse: 'patient',
  DetectedIssue: 'patient',
  Device: 'patient',
  DeviceRequest: 'subject',
  DeviceUseStatement: 'subject',
  DiagnosticReport: 'subject',
  DocumentManifest: 'subject',
  DocumentReference: 'subject',
  Encounter: 'subject',
  EnrollmentRequest: 'candidate',
  EpisodeOfCare: 'patient',
  ExplanationOfBenefit: 'patient',
  FamilyMemberHistory: 'patient',
  Flag: 'subject',
  Goal: 'subject',
  GuidanceResponse: 'subject',
  ImagingStudy: 'subject',
  Immunization: 'patient',
  ImmunizationEvaluation: 'patient',
  ImmunizationRecommendation: 'patient',
  Invoice: 'subject',
  List: 'subject',
  MeasureReport: 'subject',
  Media: 'subject',
  MedicationAdministration: 'subject',
  MedicationDispense: 'subject',
  MedicationRequest: 'subject',
  MedicationStatement: 'subject',
  MolecularSequence: 'patient',
  NutritionOrder: 'patient',
  Observation: 'subject',
  Procedure: 'subject',
  QuestionnaireResponse: 'subject',
  RelatedPerson: 'patient',
  RequestGroup: 'subject',
  ResearchSubject: 'individual',
  RiskAssessment: 'subject',
  ServiceRequest: 'subject',
  Specimen: 'subject',
  SupplyDelivery: 'patient',
  Task: 'for',
  VisionPrescription: 'patient',
};

/** The JSON key of the element that names the patient a type's resources belong to. */
export function ownerKey(type: string): string | undefined {
  return Object.hasOwn(single, type) ? single[type] : undefined;
}

/** The id of the Patient a resource belongs to: a Patient's own, else that of a relative reference `Patient/id`. */
export function patientOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Patient') return resource.id;
  const key = ownerKey(resource.resourceType);
  if (key === undefined) return undefined;
  const reference = resource[key] as { reference?: unknown } | null | undefined;
  return patientIdIn(reference?.reference);
}

/** The id in a relative reference to a Patient, version or not. */
export function patientIdIn(reference: unknown): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('Patient/')) return undefined;
  const end = reference.indexOf('/', 8);
  const id = end < 0 ? reference.slice(8) : reference.slice(8, end);
  return id === '' ? undefined : id;
}
