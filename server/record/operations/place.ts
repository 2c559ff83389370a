import { Problem } from '../../platform/errors.ts';

/** Where a page of one patient's record ended: the number of the type, and the resource. */
export type RecordPlace = { type: number; rid: string };

const shape = /^(\d{1,3})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A place as text for a page link. */
export const placeText = (place: RecordPlace): string => `${place.type}.${place.rid}`;

/** Reads a place back from a page link. Throws a Problem when it is not one. */
export function readPlace(text: string): RecordPlace {
  const [, type, rid] = shape.exec(text) ?? [];
  if (type !== undefined && rid !== undefined) return { type: Number(type), rid };
  throw new Problem('operations/place', 400, 'This page link was changed or cut short.', {
    place: '_cursor',
    wayOut: 'Follow the next link exactly as it was given, or begin again at the first page.',
  });
}
