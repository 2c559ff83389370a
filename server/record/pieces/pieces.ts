import type { Piece } from '../../access/index.ts';
import { homeOf, ridOf } from '../rid.ts';
import type { Resource } from '../types.ts';
import { classOf } from './classes.ts';
import { labelsOf } from './labels.ts';
import { fulfils } from './scope-query.ts';

/** Where a resource is filed, and who said it; `source` is null when it came in here and no organisation is known. */
export type Filing = { type: string; id: string; patientId: string; source: string | null };

/**
 * What access decides on for a resource: one piece for the patient it is filed under. What is filed under nobody is a piece of each
 * patient it names; where it names none, one piece about nobody. All of them must be permitted.
 */
export function piecesOf(resource: Resource, filing: Filing): Piece[] {
  const { type, id, source } = filing;
  const patients = patientsOf(resource, filing);
  const dataClass = classOf(resource, patients.length > 0);
  const labels = labelsOf(resource);
  const about: readonly (string | null)[] = patients.length === 0 ? [null] : patients;
  const meets = (query: string): boolean => fulfils(resource, query);
  return about.map((patientId) => ({ type, id, patientId, dataClass, labels, source, meets }));
}

/**
 * The pieces of a Provenance that is stored together with what it tells of: those of what it tells of, as pieces of its own. A patient
 * whom it names, and of whom nothing was told, makes it a piece of them by itself.
 */
export function piecesOfProvenance(
  told: readonly { resource: Resource; filing: Filing }[],
  { resource, filing }: { resource: Resource; filing: Filing },
): Piece[] {
  const own = piecesOf(resource, filing);
  const toldOf = told.flatMap((each) => piecesOf(each.resource, each.filing));
  const patients = new Set(toldOf.map(({ patientId }) => patientId));
  const { type, id, source, meets, labels } = own[0]!;
  return [
    ...toldOf.map((piece) => ({ ...piece, type, id, source, meets, labels: [...piece.labels, ...labels] })),
    ...own.filter(({ patientId }) => patientId !== null && !patients.has(patientId)),
  ];
}

/** The piece for where somebody lives and is registered, which stands beside a Patient. Undefined for other types. */
export function locationPiece(pieces: readonly Piece[]): Piece | undefined {
  const [first] = pieces;
  return first?.type === 'Patient' ? { ...first, dataClass: 'location' } : undefined;
}

function patientsOf(resource: Resource, { type, id, patientId }: Filing): string[] {
  if (type === 'Patient' || patientId !== homeOf(type, id)) return [patientId];
  const found = new Set<string>();
  visit(resource, found);
  return [...found].sort();
}

const patientReference = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** Patients that are referred to anywhere, and those carried inside, as in a Bundle. */
function visit(node: object, found: Set<string>): void {
  for (const key in node) {
    const value = (node as Record<string, unknown>)[key];
    if (key === 'reference' && typeof value === 'string') {
      const [, patient] = patientReference.exec(value) ?? [];
      if (patient !== undefined) found.add(ridOf(patient));
    } else if (typeof value === 'object' && value !== null) {
      const { resourceType, id } = value as { resourceType?: unknown; id?: unknown };
      if (key === 'resource' && resourceType === 'Patient' && typeof id === 'string') found.add(ridOf(id));
      visit(value, found);
    }
  }
}
