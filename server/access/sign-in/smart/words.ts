import { readScope, type ScopeAction } from './scopes.ts';

/** A scope as somebody reads it who is asked to allow it. */
export type ScopeInWords = { scope: string; says: string; changes: boolean };

/** What FHIR types hold, in words that need no training. A type that is not here is named as it is. */
const kinds: Record<string, string> = {
  '*': 'everything in the record',
  AllergyIntolerance: 'allergies',
  Appointment: 'appointments',
  CarePlan: 'care plans',
  CareTeam: 'who is in the care team',
  Communication: 'messages',
  Condition: 'health conditions',
  Consent: 'choices about sharing',
  DiagnosticReport: 'test reports',
  Device: 'devices',
  DocumentReference: 'letters and documents',
  Encounter: 'visits and stays',
  EpisodeOfCare: 'periods of care',
  FamilyMemberHistory: 'health of the family',
  Flag: 'alerts',
  Goal: 'goals',
  Immunization: 'vaccinations',
  Location: 'places of care',
  Medication: 'medicines',
  MedicationAdministration: 'medicines that were given',
  MedicationDispense: 'medicines that were handed out',
  MedicationRequest: 'prescriptions',
  MedicationStatement: 'medicines taken',
  Observation: 'test results and measurements',
  Organization: 'organisations',
  Patient: 'name, date of birth, address and numbers',
  Practitioner: 'names of staff',
  Procedure: 'operations and treatments',
  QuestionnaireResponse: 'answers to questionnaires',
  RelatedPerson: 'family and carers',
  ServiceRequest: 'referrals and requests',
  Task: 'tasks',
};

const verbs: [ScopeAction, string][] = [
  ['c', 'add'],
  ['u', 'change'],
  ['d', 'delete'],
];

/** Says in plain words what a scope lets an app do; undefined for one that is not about the record. */
export function scopeInWords(text: string): ScopeInWords | undefined {
  const scope = readScope(text);
  if (scope === undefined) return undefined;
  const doing = verbs.flatMap(([letter, verb]) => (scope.actions.has(letter) ? [verb] : []));
  const changes = doing.length > 0;
  if (scope.actions.has('r') || scope.actions.has('s')) doing.unshift('see');
  const what = kinds[scope.type] ?? scope.type;
  const whose = scope.level === 'patient' ? 'of this person' : 'of everybody you may see';
  const only = scope.query === undefined ? '' : ` (only: ${readable(scope.query)})`;
  return { scope: text, says: `${upper(listed(doing))} ${what} ${whose}${only}`, changes };
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `category=http://x|laboratory` as `category laboratory`. */
function readable(query: string): string {
  return [...new URLSearchParams(query)]
    .map(
      ([name, value]) =>
        `${name} ${value
          .split(',')
          .map((each) => each.split('|').at(-1))
          .join(' or ')}`,
    )
    .join(', ');
}
