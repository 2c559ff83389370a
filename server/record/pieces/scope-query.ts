import type { Resource } from '../types.ts';

/**
 * The search parameters that the scopes of apps may filter by: the element each looks at, and the types it is known for. All are
 * codes. Each row says the same as the search parameter of FHIR R4 with that name; a test compares them.
 */
const elements: Readonly<Record<string, { at: readonly string[]; types: ReadonlySet<string> | 'all' }>> = {
  category: {
    at: ['category'],
    types: new Set([
      'AllergyIntolerance',
      'CarePlan',
      'CareTeam',
      'Communication',
      'CommunicationRequest',
      'Condition',
      'Consent',
      'DiagnosticReport',
      'DocumentReference',
      'Goal',
      'MedicationRequest',
      'MedicationStatement',
      'Observation',
      'Procedure',
      'ServiceRequest',
    ]),
  },
  'clinical-status': { at: ['clinicalStatus'], types: new Set(['AllergyIntolerance', 'Condition']) },
  class: { at: ['class'], types: new Set(['Encounter']) },
  code: {
    at: ['code'],
    types: new Set(['Condition', 'DiagnosticReport', 'Observation', 'Procedure', 'ServiceRequest', 'Task']),
  },
  intent: { at: ['intent'], types: new Set(['CarePlan', 'MedicationRequest', 'ServiceRequest', 'Task']) },
  status: {
    at: ['status'],
    types: new Set([
      'Appointment',
      'CarePlan',
      'DiagnosticReport',
      'DocumentReference',
      'Encounter',
      'Immunization',
      'MedicationRequest',
      'MedicationStatement',
      'Observation',
      'Procedure',
      'ServiceRequest',
      'Task',
    ]),
  },
  type: { at: ['type'], types: new Set(['DocumentReference', 'Encounter']) },
  _security: { at: ['meta', 'security'], types: 'all' },
  _tag: { at: ['meta', 'tag'], types: 'all' },
};

/** The rows of the table, for the test that compares them with FHIR. */
export const scopeParameters = elements;

/**
 * True when a search by this query finds the resource: each parameter must hold, by one of its values. What the table does not know
 * holds for nothing, so that a query which cannot be applied lets nothing through.
 */
export function fulfils(resource: Resource, query: string): boolean {
  const asked = [...new URLSearchParams(query)];
  return asked.length > 0 && asked.every(([name, value]) => holds(resource, name, value));
}

function holds(resource: Resource, name: string, value: string): boolean {
  const element = Object.hasOwn(elements, name) ? elements[name] : undefined;
  if (element === undefined) return false;
  if (element.types !== 'all' && !element.types.has(resource.resourceType)) return false;
  const codes = codesAt(resource, element.at);
  return value.split(',').some((one) => codes.some((code) => isCode(one, code)));
}

type Code = { system: string; code: string };

function codesAt(resource: Resource, at: readonly string[]): Code[] {
  let values: unknown[] = [resource];
  for (const name of at) values = values.flatMap((value) => partsOf(value, name));
  return values.flatMap(codesIn);
}

const partsOf = (value: unknown, name: string): unknown[] => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  const part = (value as Record<string, unknown>)[name];
  return Array.isArray(part) ? part : [part];
};

/** The codes of a CodeableConcept, a Coding or a code. */
function codesIn(value: unknown): Code[] {
  if (typeof value === 'string') return [{ system: '', code: value.toLowerCase() }];
  if (typeof value !== 'object' || value === null) return [];
  if (Object.hasOwn(value, 'coding')) return partsOf(value, 'coding').flatMap(codesIn);
  const { system, code } = value as { system?: unknown; code?: unknown };
  if (typeof code !== 'string') return [];
  return [{ system: typeof system === 'string' ? system : '', code: code.toLowerCase() }];
}

/** `code` or `system|code`, without case, as search compares them. Any other way of saying it holds for nothing. */
function isCode(asked: string, { system, code }: Code): boolean {
  const bar = asked.indexOf('|');
  const wanted = asked.slice(bar + 1).toLowerCase();
  return wanted !== '' && wanted === code && (bar < 0 || asked.slice(0, bar) === system);
}
