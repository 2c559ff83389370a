import type { Queryable } from '../platform/db/index.ts';
import { currentLinks, patientsOfPersons, personIdsOf } from './store/links.ts';
import { claims, replacements } from './store/numbers.ts';
import { statedBy, type Stated } from './store/stated.ts';

/** What bears on who may see somebody: which patients they are, and what those say of life and home. Days as YYYY-MM-DD. */
export type PersonBehind = {
  person: string;
  patientIds: readonly string[];
  born: string | null;
  died: string | null;
  /** Some patient of theirs protects where they are. */
  restricted: boolean;
  /** Family name with postcode, as each patient gives them: two people who share one may be family. */
  homes: readonly string[];
};

/** The person behind each of these patients. A patient without a person counts as their own. */
export async function personsBehind(
  db: Queryable,
  patientIds: readonly string[],
): Promise<Map<string, PersonBehind>> {
  const links = await currentLinks(db, patientIds);
  const persons = [...new Set([...links.values()].map(({ personId }) => personId))];
  const patients = await patientsOfPersons(db, persons);
  const all = new Set([...patientIds, ...[...patients.values()].flat()]);
  const stated = await statedBy(db, [...all]);
  const known = new Map<string, PersonBehind>();
  const found = new Map<string, PersonBehind>();
  for (const patientId of patientIds) {
    const person = links.get(patientId)?.personId ?? patientId;
    let behind = known.get(person);
    if (behind === undefined) {
      const ids = patients.get(person) ?? [];
      behind = personOf(person, ids.includes(patientId) ? ids : [...ids, patientId], stated);
      known.set(person, behind);
    }
    found.set(patientId, behind);
  }
  return found;
}

/** Every patient of the persons whom these patients are, and of these persons. Whoever is linked to nothing stands for themselves. */
export async function everyPatientOf(
  db: Queryable,
  { patientIds, persons }: { patientIds: readonly string[]; persons: readonly string[] },
): Promise<string[]> {
  const linked = await personIdsOf(db, patientIds);
  const patients = await patientsOfPersons(db, [...new Set([...linked, ...persons])]);
  return [...new Set([...patientIds, ...persons, ...[...patients.values()].flat()])];
}

/** The person who states an NHS number and a birth date, replaced numbers followed; undefined when nobody known does. */
export async function personOfNumber(
  db: Queryable,
  nhsNumber: string,
  born: string,
): Promise<PersonBehind | undefined> {
  const current = (await replacements(db, [nhsNumber])).get(nhsNumber) ?? nhsNumber;
  const patientId = (await claims(db, [current])).get(current);
  if (patientId === undefined) return undefined;
  const behind = (await personsBehind(db, [patientId])).get(patientId);
  return behind?.born === born ? behind : undefined;
}

function personOf(
  person: string,
  patientIds: readonly string[],
  stated: ReadonlyMap<string, Stated>,
): PersonBehind {
  const said = patientIds.map((id) => stated.get(id)).filter((each) => each !== undefined);
  return {
    person,
    patientIds,
    born: mostSaid(said.map(({ born }) => born)),
    died: mostSaid(said.map(({ died }) => died)),
    restricted: said.some(({ restricted }) => restricted),
    homes: [...new Set(said.flatMap(({ home }) => (home === null ? [] : [home])))],
  };
}

/** The day most give; of several the latest, which makes somebody younger and so keeps more closed. */
export function mostSaid(days: readonly (string | null)[]): string | null {
  const counted = new Map<string, number>();
  for (const day of days) {
    if (day !== null && /^\d{4}-\d\d-\d\d$/.test(day)) counted.set(day, (counted.get(day) ?? 0) + 1);
  }
  const [best] = [...counted].toSorted(([a, n], [b, m]) => m - n || (a < b ? 1 : -1));
  return best?.[0] ?? null;
}
