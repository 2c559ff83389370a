import type { Label } from '../../access/index.ts';
import type { Resource } from '../../record/types.ts';

/** Types that are words somebody wrote, or are about other people. */
const written: ReadonlySet<string> = new Set([
  'Binary',
  'CarePlan',
  'CareTeam',
  'ClinicalImpression',
  'Communication',
  'CommunicationRequest',
  'Composition',
  'Consent',
  'DiagnosticReport',
  'DocumentReference',
  'FamilyMemberHistory',
  'Flag',
  'Media',
  'QuestionnaireResponse',
  'RelatedPerson',
  'Task',
]);

const sensitive: ReadonlySet<Label> = new Set([
  'third-party',
  'safeguarding',
  'in-confidence',
  'withheld-from-person',
]);

/** A text longer than this may tell of somebody else; shorter ones are names of codes. */
const longText = 60;
const freeText: ReadonlySet<string> = new Set([
  'note',
  'comment',
  'description',
  'conclusion',
  'patientInstruction',
  'div',
]);

/**
 * True when somebody must look at an entry before it is given to the person: it may tell of somebody else, or do serious harm. Numbers and
 * coded entries are given without. Source: Data Protection Act 2018 schedule 2 paragraph 16 and schedule 3 part 2 (from memory); which
 * entries need a look is ours and unconfirmed.
 */
export function needsLook(resource: Resource, labels: readonly Label[]): boolean {
  return (
    written.has(resource.resourceType) ||
    labels.some((label) => sensitive.has(label)) ||
    hasFreeText(resource)
  );
}

function hasFreeText(value: unknown, name = ''): boolean {
  if (typeof value === 'string') return freeText.has(name) || (name === 'text' && value.length > longText);
  if (Array.isArray(value)) return value.some((each) => hasFreeText(each, name));
  if (value === null || typeof value !== 'object') return false;
  return Object.entries(value).some(([key, each]) => hasFreeText(each, freeText.has(name) ? name : key));
}
