import { Problem } from '../../platform/errors.ts';

const idShape = /^[A-Za-z0-9\-.]{1,64}$/;

/** True for a text that FHIR allows as a logical id: 1 to 64 letters, digits, `-` and `.`. */
export function isId(text: string): boolean {
  return idShape.test(text);
}

/** Throws a Problem when the text cannot be a logical id. */
export function requireId(text: string): void {
  if (isId(text)) return;
  throw new Problem('rest/id', 400, 'An id has 1 to 64 letters, digits, hyphens and full stops.', {
    wayOut: 'Use such an id, or create the resource with POST and take the id from the answer.',
  });
}
