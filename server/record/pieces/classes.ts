import type { DataClass } from '../../access/index.ts';
import type { Resource } from '../types.ts';

/**
 * What each type is about, in the words that agreements are signed in. Source: FHIR R4, resource definitions ("scope and usage");
 * which class a type falls in is a decision of this project, to be confirmed by the Caldicott Guardian.
 */
const typesOf: Readonly<Partial<Record<DataClass, readonly string[]>>> = {
  identity: ['Patient', 'RelatedPerson', 'Person'],
  involvement: [
    'Encounter',
    'EpisodeOfCare',
    'CareTeam',
    'Account',
    'Coverage',
    'Group',
    'ResearchSubject',
    'EnrollmentRequest',
  ],
  appointments: ['Appointment', 'AppointmentResponse'],
  referrals: ['ServiceRequest', 'Task', 'CommunicationRequest'],
  medication: [
    'MedicationRequest',
    'MedicationStatement',
    'MedicationAdministration',
    'MedicationDispense',
    'SupplyRequest',
    'SupplyDelivery',
  ],
  allergies: ['AllergyIntolerance'],
  conditions: [
    'Condition',
    'Procedure',
    'ClinicalImpression',
    'FamilyMemberHistory',
    'RiskAssessment',
    'BodyStructure',
  ],
  results: [
    'Observation',
    'DiagnosticReport',
    'Specimen',
    'ImagingStudy',
    'Media',
    'MolecularSequence',
    'VisionPrescription',
  ],
  immunisations: ['Immunization', 'ImmunizationRecommendation', 'ImmunizationEvaluation'],
  plans: ['CarePlan', 'Goal', 'RequestGroup', 'NutritionOrder', 'DeviceRequest', 'DeviceUseStatement'],
  safety: ['Flag', 'DetectedIssue', 'AdverseEvent'],
  choices: ['Consent'],
  'access-list': ['AuditEvent', 'Provenance'],
};

/** Types that tell of services, staff, products and definitions, as long as they name no patient. */
const directoryTypes: ReadonlySet<string> = new Set([
  'Organization',
  'OrganizationAffiliation',
  'Practitioner',
  'PractitionerRole',
  'Location',
  'HealthcareService',
  'Endpoint',
  'Schedule',
  'Slot',
  'Device',
  'DeviceDefinition',
  'DeviceMetric',
  'Medication',
  'MedicationKnowledge',
  'Substance',
  'InsurancePlan',
  'ActivityDefinition',
  'CapabilityStatement',
  'ChargeItemDefinition',
  'CodeSystem',
  'CompartmentDefinition',
  'ConceptMap',
  'EventDefinition',
  'GraphDefinition',
  'ImplementationGuide',
  'Library',
  'Measure',
  'MessageDefinition',
  'NamingSystem',
  'ObservationDefinition',
  'OperationDefinition',
  'PlanDefinition',
  'Questionnaire',
  'ResearchDefinition',
  'ResearchStudy',
  'SearchParameter',
  'SpecimenDefinition',
  'StructureDefinition',
  'StructureMap',
  'TerminologyCapabilities',
  'ValueSet',
]);

const classByType = new Map(
  Object.entries(typesOf).flatMap(([dataClass, types]) =>
    types.map((type): [string, DataClass] => [type, dataClass as DataClass]),
  ),
);

/** A category in this code system names the class itself: for what councils, schools and landlords send. */
export const classSystem = 'urn:openics:data-class';
const namedClasses: ReadonlySet<string> = new Set([
  'social-care',
  'education',
  'housing',
] satisfies DataClass[]);

/** What a resource is about. `namesPatient`: it belongs to a patient or refers to one, so that it is no directory entry. */
export function classOf(resource: Resource, namesPatient: boolean): DataClass {
  const { resourceType } = resource;
  if (!namesPatient && directoryTypes.has(resourceType)) return 'directory';
  return namedClass(resource) ?? classByType.get(resourceType) ?? 'documents';
}

function namedClass(resource: Resource): DataClass | undefined {
  for (const concept of asList(resource['category'])) {
    for (const { system, code } of asList((concept as { coding?: unknown } | null)?.coding) as {
      system?: unknown;
      code?: unknown;
    }[]) {
      if (system === classSystem && typeof code === 'string' && namedClasses.has(code))
        return code as DataClass;
    }
  }
  return undefined;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
