import type { CodeableConcept, Period } from '@medplum/fhirtypes';
import type { Resource } from '../../types.ts';
import { conceptKey, conceptTitle, mainCoding } from '../reading/codes.ts';
import { momentKey, startOf } from '../reading/dates.ts';
import type { Standing } from '../types.ts';
import type { Reader } from './statement.ts';

const nameFields = [
  'code',
  'serviceType',
  'appointmentType',
  'relationship',
  'type',
  'category',
  'procedureCode',
];
const dateFields = [
  'start',
  'started',
  'occurrenceDateTime',
  'authoredOn',
  'authored',
  'effectiveDateTime',
  'dateTime',
  'sent',
  'date',
  'recordedOn',
  'created',
];
const periodFields = ['period', 'occurrencePeriod', 'effectivePeriod', 'executionPeriod'];
const over = new Set([
  'completed',
  'fulfilled',
  'finished',
  'final',
  'inactive',
  'revoked',
  'stopped',
  'ended',
]);
const undone = new Set(['cancelled', 'noshow', 'not-done', 'rejected', 'declined', 'not-taken']);

/** Reads any other type in a plain way: what it is called, when it was, what state it is in. */
export const readOther: Reader = (filed) => {
  const { resource } = filed;
  const concept = conceptOf(resource);
  const code = concept === undefined ? '' : conceptKey(concept);
  const when = dateOf(resource);
  const status = typeof resource['status'] === 'string' ? resource['status'] : undefined;
  return {
    kind: 'other',
    group: `${resource.resourceType} ${code}`,
    key: [resource.resourceType, code, momentKey(when), concept === undefined ? resource.id : ''].join(' '),
    title:
      conceptTitle(concept) ??
      wordsIn(resource['description']) ??
      wordsIn(resource['title']) ??
      spaced(resource.resourceType),
    code: mainCoding(concept),
    when,
    standing: standingOf(status),
    facts: { sort: resource.resourceType, status, about: wordsIn(resource['description']) },
  };
};

function conceptOf(resource: Resource): CodeableConcept | undefined {
  for (const field of nameFields) {
    const value = resource[field];
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'object' && first !== null && conceptTitle(first) !== undefined) return first;
  }
  return undefined;
}

function dateOf(resource: Resource): string | undefined {
  for (const field of dateFields) {
    const value = resource[field];
    if (typeof value === 'string') return value;
  }
  for (const field of periodFields) {
    const start = startOf(resource[field] as Period | undefined);
    if (start !== undefined) return start;
  }
  return undefined;
}

function wordsIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `ServiceRequest` becomes `Service request`. */
function spaced(type: string): string {
  return type.replaceAll(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

function standingOf(status: string | undefined): Standing {
  if (status === 'entered-in-error') return 'set-aside';
  if (status === undefined) return 'unclear';
  if (undone.has(status)) return 'not-done';
  return over.has(status) ? 'past' : 'current';
}
