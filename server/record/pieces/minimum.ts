/**
 * What a minimum view leaves of each type, beside type, id, version and the person. A list to begin from: decision of this project,
 * to be confirmed by the Caldicott Guardian. What policy lets such partners see at all is in its minimum views.
 */
const always = ['resourceType', 'id', 'meta', 'status', 'subject', 'patient', 'for', 'participant'];

const byType: Readonly<Record<string, readonly string[]>> = {
  Patient: [
    'identifier',
    'active',
    'name',
    'birthDate',
    'deceasedBoolean',
    'deceasedDateTime',
    'communication',
  ],
  RelatedPerson: ['active', 'name', 'relationship', 'telecom'],
  Person: ['active', 'name'],
  Appointment: ['start', 'end', 'minutesDuration', 'serviceCategory', 'serviceType', 'comment'],
  AppointmentResponse: ['appointment', 'start', 'end', 'participantStatus', 'actor'],
  ServiceRequest: ['intent', 'authoredOn', 'requester', 'performer', 'priority', 'occurrenceDateTime'],
  Task: ['intent', 'authoredOn', 'lastModified', 'requester', 'owner', 'priority', 'focus'],
  CommunicationRequest: ['authoredOn', 'requester', 'recipient', 'priority'],
  Encounter: ['class', 'period', 'serviceProvider'],
  EpisodeOfCare: ['period', 'managingOrganization', 'careManager', 'team'],
  CareTeam: ['name', 'period', 'managingOrganization'],
  CarePlan: ['intent', 'title', 'period', 'author', 'careTeam'],
  Goal: ['lifecycleStatus', 'description', 'startDate'],
  Flag: ['category', 'code', 'period', 'author'],
  AllergyIntolerance: ['clinicalStatus', 'verificationStatus', 'type', 'criticality', 'code', 'reaction'],
  MedicationRequest: [
    'intent',
    'medicationCodeableConcept',
    'medicationReference',
    'authoredOn',
    'dosageInstruction',
  ],
  MedicationStatement: ['medicationCodeableConcept', 'medicationReference', 'effectivePeriod', 'dosage'],
  Observation: [
    'category',
    'code',
    'effectiveDateTime',
    'valueCodeableConcept',
    'valueBoolean',
    'valueString',
  ],
};

const sets = new Map(Object.entries(byType).map(([type, names]) => [type, new Set([...always, ...names])]));
const leastSet: ReadonlySet<string> = new Set(always);

/** The names of the elements of a type that a minimum view leaves. */
export const minimumElements = (type: string): ReadonlySet<string> => sets.get(type) ?? leastSet;
