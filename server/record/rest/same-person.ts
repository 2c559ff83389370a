import type { Asker } from '../../access/index.ts';
import { nhsNumberSystem } from '../../people/index.ts';
import { Problem } from '../../platform/errors.ts';
import type { Resource } from '../types.ts';

type Named = { family?: unknown; given?: unknown; text?: unknown };

/**
 * Throws where somebody who signed in, or an app of theirs, would make a Patient another person's: another NHS number or none, another
 * date of birth, or a name of which nothing stays. Records are joined by these, so whoever may change them opens the record of anybody
 * whose number they know. A program of whoever keeps the record may, and staff part and join records at their desk.
 */
export function mustStaySamePerson(asker: Asker, before: Resource, after: Resource): void {
  if (asker.kind === 'known' && asker.subject.kind === 'program') return;
  if (before.resourceType === 'Patient' && after.resourceType === 'Patient' && !isSamePerson(before, after))
    throw otherPerson();
}

/** True when two versions of a Patient name one person, as far as records are joined by it. */
export function isSamePerson(before: Resource, after: Resource): boolean {
  const [numbers, earlier] = [numbersIn(after), numbersIn(before)];
  if (numbers.size !== earlier.size || [...numbers].some((each) => !earlier.has(each))) return false;
  if (before['birthDate'] !== after['birthDate']) return false;
  const [names, former] = [wordsIn(after), wordsIn(before)];
  return former.size === 0 || [...names].some((word) => former.has(word));
}

const numbersIn = ({ identifier }: Resource): Set<string> =>
  new Set(
    objectsIn(identifier).flatMap(({ system, value }) =>
      system === nhsNumberSystem && typeof value === 'string' ? [value.replaceAll(/\s/g, '')] : [],
    ),
  );

const wordsIn = ({ name }: Resource): Set<string> =>
  new Set(
    objectsIn(name)
      .flatMap(({ family, given, text }: Named) => [family, given, text].flat())
      .flatMap((text) => (typeof text === 'string' ? text.toLowerCase().split(/[^\p{L}\p{M}]+/u) : []))
      .filter((word) => word !== ''),
  );

const objectsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];

const otherPerson = (): Problem =>
  new Problem(
    'access/another-person',
    403,
    'This would make the record another person’s: their NHS number, date of birth or whole name would change.',
    {
      place: 'Patient',
      wayOut: 'Have it put right in the system it comes from, or ask who keeps records here.',
    },
  );
